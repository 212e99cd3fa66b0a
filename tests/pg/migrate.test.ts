import { hash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { tableList } from '#shared/tables/index.ts';
import { tableDdl } from '../../server/store/ddl.ts';
import { mustBeDurable } from '../../server/store/durability.ts';
import { migrate, migrationFiles, pending } from '../../server/store/migrate.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { knownTable } from './catalogue.ts';
import { type Cluster, startCluster } from './cluster.ts';

const FILES = [
  { name: '0001-a.sql', sql: 'create table a (x int)' },
  { name: '0002-b.sql', sql: 'create table b (x int); insert into b values (1)' },
];
let cluster: Cluster;
let database: Database;

beforeAll(async () => {
  cluster = await startCluster();
  database = openDatabase(cluster.url);
}, 120_000);
afterAll(async () => {
  await database.close();
  await cluster.stop();
});
beforeEach(() => migrate(database, FILES));
afterEach(() => database.sql.query('drop table if exists a, b, schema_migration'));

/** Indexes that no definition asks for, only the centre's own statements. */
const OF_THE_CENTRE = [
  'CREATE INDEX "attachments_districtId_sha256_idx" ON public.attachments USING btree ("districtId", sha256)',
];

/** Migrations that left the house; from then on they are history. */
const LEFT_THE_HOUSE = ['4e747973d0b47886', 'ede12629378a7ada', '61e71c4577af5b61'];

test('a database made by all migrations is what the definitions say', async () => {
  const [migrated, derived] = [openDatabase(await cluster.newDatabase()), openDatabase(await cluster.emptyDatabase())];
  await derived.sql.query(tableList.map(tableDdl).join('\n'));
  for (const { name } of tableList) {
    const [is, should] = [await knownTable(migrated.sql, name), await knownTable(derived.sql, name)];
    expect({ ...is, indexes: is.indexes.filter((index) => !OF_THE_CENTRE.includes(index)) }).toEqual(should);
  }
  await Promise.all([migrated.close(), derived.close()]);
});

test('a migration that left the house is not written again', () => {
  const sums = migrationFiles().map(({ sql }) => hash('sha256', sql, 'hex').slice(0, 16));
  expect(sums.slice(0, LEFT_THE_HOUSE.length)).toEqual(LEFT_THE_HOUSE);
});

test('each migration is applied once, also when two servers start together', async () => {
  await database.sql.query('drop table a, b, schema_migration');
  await Promise.all([migrate(database, FILES), migrate(database, FILES)]);
  expect((await database.sql.query('select x from b')).rows).toEqual([{ x: 1 }]);
  expect(await pending(database.sql, FILES)).toEqual([]);
});

test('a migration that fails leaves nothing of itself and of those before it', async () => {
  const more = [...FILES, { name: '0003-c.sql', sql: 'create table c (x int)' }, { name: '0004-d.sql', sql: 'nonsense' }];
  await expect(migrate(database, more)).rejects.toThrow('the database failed');
  expect((await database.sql.query(`select to_regclass('c') as c`)).rows).toEqual([{ c: null }]);
});

test('a migration changed after it was applied is refused by name', async () => {
  const changed = FILES.map((file) => ({ ...file, sql: `${file.sql} -- changed` }));
  await expect(migrate(database, changed)).rejects.toThrow('changed after it was applied: 0001-a.sql, 0002-b.sql');
});

test('a database of a newer server is refused by name', async () => {
  await expect(migrate(database, FILES.slice(0, 1))).rejects.toThrow('newer server: 0002-b.sql');
});

test('the migrations in the folder are numbered without gaps', () => {
  const numbers = migrationFiles().map(({ name }) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
});

test('a database that acknowledges before it has written is refused', async () => {
  await expect(mustBeDurable(database.sql)).rejects.toThrow('fsync = off');
});
