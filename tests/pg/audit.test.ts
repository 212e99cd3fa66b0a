import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '../../server/audit/verify.ts';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { centreOf } from '../support/centre-of.ts';
import { subjectArgs } from '../support/commands.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let database: Database;

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());

beforeEach(async () => {
  database = openDatabase(await cluster.newDatabase());
  const store = pgCentre(database, await settleEpoch(database, randomUUID()));
  const centre = centreOf(store, { mark: () => randomBytes(8) });
  const commands = Array.from({ length: 9 }, (_, i) => ({ name: 'subjects.register', args: subjectArgs(`s${i}`), at: 1 }));
  await applyAsSystem(centre, '620102', commands, { batch: 4 });
  return () => database.close();
});

test('the chain of a district is whole, and an empty one is too', async () => {
  const { rows } = await database.sql.query('select count(*) as n from audit');
  expect(rows).toEqual([{ n: 9 }]);
  expect(await verifyAudit(database, '620102')).toBeUndefined();
  expect(await verifyAudit(database, '620103')).toBeUndefined();
});

test.each([
  ['edited', "update audit set actor = 'o-li' where no = 4", 4],
  ['edited with its hash guessed', "update audit set status = 'rejected', hash = '\\x00' where no = 5", 5],
  ['deleted', 'delete from audit where no = 6', 6],
  ['deleted and the rest moved up', 'delete from audit where no = 6; update audit set no = no - 1 where no > 6', 6],
  ['cut off the end', 'delete from audit where no > 7', 8],
  ['cut off as a whole', 'delete from audit', 1],
])('a line %s in the database itself is found', async (_how, statement, first) => {
  await database.sql.query(statement);
  expect(await verifyAudit(database, '620102')).toBe(first);
});
