import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, migrationFiles } from '../../server/store/migrate.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let database: Database;

beforeAll(async () => {
  cluster = await startCluster();
  database = openDatabase(await cluster.emptyDatabase());
  await migrate(database, migrationFiles().slice(0, 3));
}, 120_000);
afterAll(async () => {
  await database.close();
  await cluster.stop();
});

const rows = async (text: string): Promise<readonly unknown[]> => (await database.sql.query(text)).rows;

/** What the first three migrations know how to keep: an officer with a grant that a neighbour gave, a subject, its feed. */
const OLD_ROWS = `
  insert into officers values ('o1', '620102', 'officer', 'o1', 'station', '["officer"]', null, null, null, 'active', 1);
  insert into grants values ('g1', '620102', 'o1', 'd:620102', 0, null, 1), ('g2', '620103', 'o1', 'd:620103', 0, null, 1);
  insert into regions values ('620102', '620100', '城关区', 'district', '620100', null, null, 1);
  insert into sync_head (stream, district_id, seq, mark) values
    ('city', '620100', 1, '\\x01'), ('d:620102', '620102', 1, '\\x02'), ('u:o1', '620103', 2, '\\x03');
  insert into sync_commit (stream, seq_to, mark) values ('city', 1, '\\x01'), ('d:620102', 1, '\\x02'), ('u:o1', 1, '\\x04'), ('u:o1', 2, '\\x03');
  insert into sync_row values ('city', 1, '620100', '620102', 1, false, null), ('d:620102', 3, '620102', 'o1', 1, false, null),
    ('u:o1', 4, '620102', 'g1', 1, false, null), ('u:o1', 4, '620103', 'g2', 2, false, null);
  insert into sync_epoch (epoch) values ('${randomUUID()}');
  insert into account values ('o1', '620102', 'o1', 'hash', false);
  insert into session values ('\\x00', '620102', 'o1', '${randomUUID()}', 'pc', 0, 1, null);`;

test('a data folder of the first version is brought up with every row in it, each stream in its district', async () => {
  await database.sql.query(OLD_ROWS);
  const count = `select (select count(*) from officers) as officers, (select count(*) from grants) as grants, (select count(*) from sync_row) as feed,
    (select count(*) from sync_commit) as commits, (select count(*) from account) as accounts, (select count(*) from session) as sessions`;
  const before = await rows(count);
  await migrate(database);
  expect(await rows(count)).toEqual(before);
  expect(await rows('select district_id as d, stream, seq from sync_head order by stream')).toEqual([
    { d: '620100', stream: 'city', seq: 1 },
    { d: '620102', stream: 'd:620102', seq: 1 },
    { d: '620102', stream: 'u:o1', seq: 2 },
  ]);
  expect(await rows(`select distinct "districtId" as d from grants`)).toEqual([{ d: '620102' }]);
  expect(await rows(`select distinct district_id as d from sync_commit where stream = 'u:o1'`)).toEqual([{ d: '620102' }]);
  expect(await rows(`select distinct district_id as d from sync_row where stream = 'u:o1'`)).toEqual([{ d: '620102' }]);
});
