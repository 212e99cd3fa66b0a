import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '#shared/host/contract.ts';
import { ioFault, isMissing } from './io-fault.ts';
import { type Lane, lane, type OpenLaneFile } from './lane.ts';

const ENDING = '.journal';

export interface Journal {
  readonly calls: Host['journal'];
  /** Waits for what is being written and closes the files. */
  close(): Promise<void>;
}

/** The second home of unsent work: append-only, synced, one file per lane under `journal/`. */
export function journal(dataDir: string, openFile?: OpenLaneFile): Journal {
  const folder = join(dataDir, 'journal');
  const open = new Map<string, Lane>();
  const laneOf = (name: string): Lane => {
    let one = open.get(name);
    if (!one) {
      one = lane(dataDir, join(folder, `${name}${ENDING}`), openFile);
      open.set(name, one);
    }
    return one;
  };

  return {
    calls: {
      async append({ lane: name, entries }) {
        await laneOf(name).append(entries);
        return { count: entries.length };
      },
      async read({ lane: name }) {
        const { entries, damaged } = await laneOf(name).read();
        return { entries: [...entries], damaged };
      },
      async trim({ lane: name, throughSeq }) {
        await laneOf(name).trim(throughSeq);
        return null;
      },
      async lanes() {
        try {
          const files = await readdir(folder);
          return files
            .filter((file) => file.endsWith(ENDING))
            .map((file) => file.slice(0, -ENDING.length))
            .toSorted();
        } catch (error) {
          if (isMissing(error)) return [];
          throw ioFault(error);
        }
      },
    },
    async close() {
      for (const one of open.values()) await one.close();
    },
  };
}
