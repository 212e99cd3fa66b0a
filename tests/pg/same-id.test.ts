import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Centre } from '../../server/sync/centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { centreOf, enrol } from '../support/centre-of.ts';
import { commandOf, pushAll, subjectArgs } from '../support/commands.ts';
import { pullPage } from '../support/read-page.ts';
import { type Cluster, startCluster } from './cluster.ts';

const STREAMS = ['d:620102', 'd:620103'];
let cluster: Cluster;
let database: Database;
let centre: Centre;

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());
beforeEach(async () => {
  database = openDatabase(await cluster.newDatabase());
  centre = centreOf(pgCentre(database, await settleEpoch(database, randomUUID())), { mark: () => randomBytes(8) });
  return () => database.close();
});

const subject = async (session: Awaited<ReturnType<typeof enrol>>, stream: string) =>
  (await pullPage(centre, session, stream)).rows.find(({ k }) => k === 6);

test('the same id in two districts is two rows: neither is seen or changed through the other', async () => {
  const both = await enrol(centre, 'o-wang', { streams: STREAMS });
  for (const district of ['620102', '620103'])
    await applyAsSystem(centre, district, [{ name: 'subjects.register', args: subjectArgs('s1', { address: district }), at: 1 }]);
  const edit = { id: 's1', changes: { diners: { from: 12, to: 99 } } };
  const [outcome] = await pushAll(centre, both, [commandOf(both, 'subjects.edit', edit, { district: '620103' })]);
  expect(outcome).toMatchObject({ status: 'applied', heads: { 'd:620103': 2 } });
  expect(await subject(both, 'd:620102')).toMatchObject({ d: '620102', v: 1, r: { address: '620102', diners: 12 } });
  expect(await subject(both, 'd:620103')).toMatchObject({ d: '620103', v: 2, r: { address: '620103', diners: 99 } });
});

test('two officers with one id in two districts have each their own grants and their own stream', async () => {
  const [wang, other] = [
    await enrol(centre, 'o-wang', { streams: STREAMS }),
    await enrol(centre, 'o-wang', { district: '620103', device: randomUUID() }),
  ];
  await expect(pullPage(centre, other, 'd:620102')).rejects.toMatchObject({ kind: 'grantMissing' });
  expect([
    (await pullPage(centre, wang, 'u:o-wang')).rows.length,
    (await pullPage(centre, other, 'u:o-wang')).rows.length,
  ]).toEqual([2, 1]);
});

test('a grant is given where the officer is enrolled', async () => {
  await enrol(centre, 'o-wang');
  const give = { id: 'g9', officerId: 'o-wang', stream: 'd:620103', since: 0, until: null };
  expect(await applyAsSystem(centre, '620103', [{ name: 'grants.give', args: give, at: 1 }])).toMatchObject([{ code: 'E404.1' }]);
});
