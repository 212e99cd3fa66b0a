import { expect } from 'vitest';
import type { CentreProcess } from './centre-process.ts';
import { differences } from './proof.ts';
import type { Workstation } from './workstation.ts';

const QUIET_MS = 120_000;
const SHOWN = 5;

/** Waits until no mutation and no file waits anywhere and every copy equals the centre, row by row. */
export async function allQuiet(centre: CentreProcess, stations: readonly Workstation[]): Promise<void> {
  await expect
    .poll(
      async () => {
        for (const station of stations) station.desk().syncNow();
        const waits = stations.flatMap((station) => waitingAt(station));
        if (waits.length > 0) return waits;
        return (await Promise.all(stations.map((station) => differences(centre, station)))).flat().slice(0, SHOWN);
      },
      { timeout: QUIET_MS, interval: 500 },
    )
    .toEqual([]);
}

function waitingAt(station: Workstation): string[] {
  const { waiting, files, lastFault } = station.desk().status();
  if (waiting + files.waiting + files.stuck === 0) return [];
  return [
    `${station.account}: ${waiting} mutations, ${files.waiting} files, ${files.stuck} stuck, last fault ${lastFault?.kind}`,
  ];
}
