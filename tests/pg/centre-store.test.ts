import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { emptyCentre, MemoryCentre } from '../support/memory-centre.ts';
import type { CentreStore } from '../../server/store/centre-store.ts';
import { runCentreStoreContract } from './centre-store-contract.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { runSegmentContract } from './segment-contract.ts';

let cluster: Cluster;
const open: Database[] = [];

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);

afterAll(async () => {
  await Promise.all(open.map((database) => database.close()));
  await cluster.stop();
});

const STORES: Readonly<Record<string, () => Promise<CentreStore>>> = {
  'in memory': async () => new MemoryCentre(emptyCentre(randomUUID())),
  async 'in PostgreSQL'() {
    const database = openDatabase(await cluster.newDatabase());
    open.push(database);
    return pgCentre(database, await settleEpoch(database, randomUUID()));
  },
};

describe.each(Object.entries(STORES))('the store %s', (_where, openStore) => {
  runCentreStoreContract(openStore);
  runSegmentContract(openStore);
});
