import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { pgCentre, readEpoch } from '../../server/store/pg/pg-centre.ts';
import { emptyCentre, MemoryCentre } from '../support/memory-centre.ts';
import { runCentreStoreContract } from './centre-store-contract.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
const open: Database[] = [];

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);

afterAll(async () => {
  await Promise.all(open.map((database) => database.close()));
  await cluster.stop();
});

describe('the store in memory', () => {
  runCentreStoreContract(async () => new MemoryCentre(emptyCentre(randomUUID())));
});

describe('the store in PostgreSQL', () => {
  runCentreStoreContract(async () => {
    const database = openDatabase(await cluster.newDatabase());
    open.push(database);
    return pgCentre(database, await readEpoch(database, randomUUID()));
  });
});
