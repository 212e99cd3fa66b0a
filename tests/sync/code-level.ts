import 'fake-indexeddb/auto';
import { startCluster } from '../pg/cluster.ts';
import { WANG } from '../support/personas.ts';
import { busy } from './busy.ts';
import { indexedDbDisk } from './indexeddb-disk.ts';
import { openPgBase } from './pg-base.ts';
import type { Level } from './simulate.ts';

/** The same histories over the product's own stores: its databases on IndexedDB, and a real PostgreSQL of its own. */
export async function codeLevel(): Promise<Level & { close(): Promise<void> }> {
  const cluster = await startCluster();
  const working = busy();
  const opened = await openPgBase(await cluster.newDatabase(), WANG.districtId, working);
  return {
    base: (epoch) => opened.emptied(epoch),
    disk: async () => indexedDbDisk(working),
    busy: working,
    lookEvery: 6,
    async close() {
      await opened.close();
      await cluster.stop();
    },
  };
}
