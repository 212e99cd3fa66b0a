import { afterAll, beforeAll, expect, test } from 'vitest';
import { citusDdl } from '../../scripts/scale.ts';
import { DISTRIBUTED, ON_THE_COORDINATOR, REFERENCE } from '../../server/store/distribution.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let database: Database;

beforeAll(async () => {
  cluster = await startCluster();
  database = openDatabase(await cluster.newDatabase());
}, 120_000);
afterAll(async () => {
  await database.close();
  await cluster.stop();
});

const TABLES = `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`;
const COLUMNS = `select table_name as name, column_name as column, data_type as type, is_nullable as nullable
  from information_schema.columns where table_schema = 'public'`;
const KEYS = `select c.conrelid::regclass::text as name, array_agg(a.attname::text) as columns
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
  where c.contype in ('p', 'u') and c.connamespace = 'public'::regnamespace group by c.oid, c.conrelid`;

test('every table of the database has one place', async () => {
  const { rows } = await database.sql.query(TABLES);
  const placed = [...DISTRIBUTED.keys(), ...REFERENCE, ...ON_THE_COORDINATOR];
  expect(placed.toSorted()).toEqual((rows as readonly { readonly name: string }[]).map(({ name }) => name).toSorted());
});

test('what is spread has its column, of one type everywhere and never null, and every key contains it', async () => {
  const columns = (await database.sql.query(COLUMNS)).rows as readonly Record<'name' | 'column' | 'type' | 'nullable', string>[];
  const keys = (await database.sql.query(KEYS)).rows as readonly { readonly name: string; readonly columns: readonly string[] }[];
  for (const [table, column] of DISTRIBUTED) {
    const about = columns.find((one) => one.name === table && one.column === column);
    expect([table, about?.type, about?.nullable]).toEqual([table, 'text', 'NO']);
    const own = keys.filter(({ name }) => name.replaceAll('"', '') === table);
    expect([table, own.length > 0 && own.every((key) => key.columns.includes(column))]).toEqual([table, true]);
  }
});

test('what is printed for a distributed database names each of these tables once, and PostgreSQL reads it', async () => {
  const ddl = citusDdl();
  expect(ddl).toHaveLength(DISTRIBUTED.size + REFERENCE.length);
  // Stand-ins with the names and arguments of Citus: whether the statements can be read, and which tables they mean.
  await database.sql.query(`create function create_reference_table(t regclass) returns void language sql as 'select 1';
    create function create_distributed_table(t regclass, district text, colocate_with text default 'default') returns boolean
      language sql as 'select exists (select 1 from pg_attribute where attrelid = t and attname = district)'`);
  for (const statement of ddl) {
    const [row] = (await database.sql.query(statement)).rows as readonly Record<string, unknown>[];
    expect([statement, Object.values(row ?? {})[0] !== false]).toEqual([statement, true]);
  }
});
