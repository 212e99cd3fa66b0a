import { expect } from 'vitest';
import type { CentreProcess } from './centre-process.ts';
import { differences } from './proof.ts';
import type { Workstation } from './workstation.ts';

const QUIET_MS = 120_000;
const SHOWN = 5;

/** Waits until no mutation and no file waits anywhere, the centre awaits none, and every copy equals it, row by row. */
export async function allQuiet(centre: CentreProcess, stations: readonly Workstation[], timeout = QUIET_MS): Promise<void> {
  await expect
    .poll(
      async () => {
        for (const station of stations) station.desk().syncNow();
        const waits = stations.flatMap((station) => waitingAt(station));
        if (waits.length > 0) return waits;
        const awaited = await centre.rows(`select "takenBy", sha256 from attachments where state = 'announced' limit ${SHOWN}`);
        if (awaited.length > 0) return awaited;
        return (await Promise.all(stations.map((station) => differences(centre, copyOf(station))))).flat().slice(0, SHOWN);
      },
      { timeout, interval: 500 },
    )
    .toEqual([]);
}

const copyOf = (station: Workstation): Parameters<typeof differences>[1] => ({
  who: station.account,
  streams: station.desk().signedIn().streams,
  read: station.rows,
});

function waitingAt(station: Workstation): string[] {
  const { waiting, files, lastFault } = station.desk().status();
  if (waiting + files.waiting + files.stuck === 0) return [];
  return [
    `${station.account}: ${waiting} mutations, ${files.waiting} files, ${files.stuck} stuck, last fault ${lastFault?.kind}`,
  ];
}
