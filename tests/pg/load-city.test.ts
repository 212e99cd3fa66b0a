import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CITY } from '#shared/schema/stream.ts';
import { demonstrationCity } from '../../server/seed/city.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../server/seed/demo-accounts.ts';
import { loadCity } from '../../server/seed/load.ts';
import { findAccount } from '../../server/identity/accounts.ts';
import { passwordFits } from '../../server/identity/passwords.ts';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Centre } from '../../server/sync/centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { centreOf } from '../support/centre-of.ts';
import { type Cluster, startCluster } from './cluster.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2022-06-15T08:30:00Z');
const STREAMS = ['city', 'd:620102'];

let cluster: Cluster;
const open: Database[] = [];

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);

afterAll(async () => {
  await Promise.all(open.map((database) => database.close()));
  await cluster.stop();
});

async function emptyCentre(): Promise<{ readonly centre: Centre; readonly database: Database }> {
  const database = openDatabase(await cluster.newDatabase());
  open.push(database);
  return { database, centre: centreOf(pgCentre(database, await settleEpoch(database, randomUUID()))) };
}

const heads = (centre: Centre): Promise<number[]> =>
  centre.store.read((snapshot) => Promise.all(STREAMS.map(async (stream) => (await snapshot.head(stream)).seq)), CITY);

const expected = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const { name } of demonstrationCity('village', NOW)) {
    const table = name.slice(0, name.indexOf('.'));
    counts.set(table, (counts.get(table) ?? 0) + 1);
  }
  return counts;
};

test('a village stands in the database row for row, and its accounts open with the demonstration password', async () => {
  const { centre, database } = await emptyCentre();
  const loaded = await loadCity(centre, database.sql, 'village', NOW);
  expect(loaded).toEqual(expected());
  for (const [table, count] of loaded ?? []) {
    const { rows } = await database.sql.query(`select count(*)::int as count from "${table}"`);
    expect([table, rows]).toEqual([table, [{ count }]]);
  }
  for (const { account, officerId } of DEMO_ACCOUNTS) {
    const found = await findAccount(database.sql, account);
    expect([found?.officerId, await passwordFits(found?.passwordHash, DEMO_PASSWORD)]).toEqual([officerId, true]);
  }
});

test('a second seeding changes nothing, on whatever day it is tried', async () => {
  const { centre, database } = await emptyCentre();
  await loadCity(centre, database.sql, 'village', NOW);
  const before = await heads(centre);
  expect(await loadCity(centre, database.sql, 'village', NOW + 3 * DAY)).toBeUndefined();
  expect(await heads(centre)).toEqual(before);
});

test('a seeding that was cut off is finished the next day with the day it was begun on', async () => {
  const [whole, cut] = [await emptyCentre(), await emptyCentre()];
  await loadCity(whole.centre, whole.database.sql, 'village', NOW);
  const begun = [...demonstrationCity('village', NOW)];
  for (const district of [CITY, '620102'])
    await applyAsSystem(
      cut.centre,
      district,
      begun.slice(0, 400).filter((command) => command.district === district),
    );
  await loadCity(cut.centre, cut.database.sql, 'village', NOW + DAY);
  expect(await heads(cut.centre)).toEqual(await heads(whole.centre));
});

test('a database with other rows is left alone and says so', async () => {
  const { centre, database } = await emptyCentre();
  const other = [...demonstrationCity('village', NOW)].map((command) =>
    command.name === 'regions.define' ? { ...command, args: { ...command.args, name: '别处' } } : command,
  );
  await applyAsSystem(
    centre,
    CITY,
    other.filter(({ district }) => district === CITY),
  );
  await expect(loadCity(centre, database.sql, 'village', NOW)).rejects.toThrow('other rows');
});
