import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '../../server/audit/verify.ts';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Centre } from '../../server/sync/centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { centreOf, enrol } from '../support/centre-of.ts';
import { commandOf, pushAll, subjectArgs, taskArgs } from '../support/commands.ts';
import { pullPage } from '../support/read-page.ts';
import { type Cluster, startCluster } from './cluster.ts';

let cluster: Cluster;
let databases: readonly [Database, Database];
let centres: readonly [Centre, Centre];

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());

const centreOn = async (database: Database): Promise<Centre> =>
  centreOf(pgCentre(database, await settleEpoch(database, randomUUID())), { mark: () => randomBytes(8) });

/** Two servers on one database: what serialises the writers of a district is the database alone. */
beforeEach(async () => {
  const url = await cluster.newDatabase();
  databases = [openDatabase(url), openDatabase(url)];
  centres = await Promise.all([centreOn(databases[0]), centreOn(databases[1])]);
  return async () => {
    await Promise.all(databases.map((database) => database.close()));
  };
});

test('two servers that open a new database together agree on its epoch', () => {
  expect(centres[0].store.epoch).toBe(centres[1].store.epoch);
});

test('the same push at both servers at once is decided once, with one answer', async () => {
  const wang = await enrol(centres[0], 'o-wang');
  const commands = Array.from({ length: 120 }, (_, i) => commandOf(wang, 'subjects.register', subjectArgs(`s${i}`)));
  const [a, b] = await Promise.all([pushAll(centres[0], wang, commands), pushAll(centres[1], wang, commands)]);
  const said = (outcomes: typeof a) => outcomes.map(({ mid, status, heads }) => ({ mid, status, heads }));
  expect(said(a)).toEqual(said(b));
  expect(a.filter(({ again }) => !again).length + b.filter(({ again }) => !again).length).toBe(120);
});

test('sixteen officers at two servers take turns at one row: no count is lost, no task is accepted twice, the chain is whole', async () => {
  const officers = await Promise.all(Array.from({ length: 16 }, (_, i) => enrol(centres[0], `o${i}`, { device: randomUUID() })));
  await applyAsSystem(centres[0], '620102', [
    { name: 'subjects.register', args: subjectArgs('s1', { diners: 0 }), at: 1 },
    ...Array.from({ length: 8 }, (_, i) => ({ name: 'tasks.dispatch', args: taskArgs(`t${i}`, 's1'), at: 1 })),
  ]);
  const outcomes = await Promise.all(
    officers.map(async (officer, i) => {
      const centre = centres[i % 2] ?? centres[0];
      const accepts = Array.from({ length: 8 }, (_, t) => commandOf(officer, 'tasks.accept', { id: `t${t}` }));
      const note = commandOf(officer, 'subjects.edit', { id: 's1', changes: { diners: { from: i, to: i + 1 } } });
      return pushAll(centre, officer, [...accepts, note]);
    }),
  );
  const accepted = outcomes.flatMap((all) => all.slice(0, 8)).filter(({ status }) => status === 'applied');
  expect(accepted).toHaveLength(8);
  const edits = outcomes.flatMap((all) => all.slice(8));
  const applied = edits.filter(({ status }) => status === 'applied').length;
  const first = officers[0];
  if (!first) throw new Error('nobody');
  const page = await pullPage(centres[1], first, 'd:620102');
  expect(page.rows.find(({ id }) => id === 's1')).toMatchObject({ r: { diners: applied } });
  expect(edits.every(({ status }) => status === 'applied' || status === 'merged')).toBe(true);
  expect(await verifyAudit(databases[0], '620102')).toBeUndefined();
});

test('work in two districts at two servers does not wait for each other, and both streams are whole', async () => {
  const streams = ['d:620102', 'd:620103'];
  const wang = await enrol(centres[0], 'o-wang', { streams });
  const inDistrict = (district: string, from: number) =>
    Array.from({ length: 100 }, (_, i) => commandOf(wang, 'subjects.register', subjectArgs(`s${from + i}`), { district }));
  const pushed = await Promise.all([
    pushAll(centres[0], wang, inDistrict('620102', 0)),
    pushAll(centres[1], wang, inDistrict('620103', 100)),
  ]);
  expect(pushed.flat().every(({ status }) => status === 'applied')).toBe(true);
  const pages = await Promise.all(streams.map((stream) => pullPage(centres[0], wang, stream)));
  expect(pages.map(({ rows }) => rows.filter(({ k }) => k === 6).length)).toEqual([100, 100]);
});
