import { randomBytes, randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PageRow } from '#shared/protocol/page.ts';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { openSession } from '../../server/identity/sessions.ts';
import { night } from '../../server/nightly/night.ts';
import { prune } from '../../server/nightly/prune.ts';
import { packAll, SEGMENT_LIVES_MS } from '../../server/segments/pack.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { pull } from '../../server/sync/pull.ts';
import { segmentBytes } from '../../server/sync/segment.ts';
import { snapshot } from '../../server/sync/snapshot.ts';
import { centreOf, enrol } from '../support/centre-of.ts';
import { attachmentArgs, commandOf, pushAll, subjectArgs } from '../support/commands.ts';
import { pageOf, pullPage } from '../support/read-page.ts';
import { type Cluster, startCluster } from './cluster.ts';

const DAY = 24 * 3600_000;
const STREAM = 'd:620102';
let cluster: Cluster;
let database: Database;
let centre: Centre;
let wang: Session;

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());

beforeEach(async () => {
  database = openDatabase(await cluster.newDatabase());
  centre = centreOf(pgCentre(database, await settleEpoch(database, randomUUID())), { mark: () => randomBytes(8) });
  wang = await enrol(centre, 'o-wang');
  return () => database.close();
});

const announce = (id: string) => ({ name: 'attachments.announce', at: 1, args: attachmentArgs(id, '0'.repeat(64)) });
const subjects = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: 'subjects.register', args: subjectArgs(`s${i}`), at: 1 }));
const withdraw = (id: string) => pushAll(centre, wang, [commandOf(wang, 'attachments.withdraw', { id })]);
const after = (days: number): number => Date.now() + days * DAY;
const feed = async () => (await pullPage(centre, wang, STREAM)).rows.map(({ id }) => id);

test('a tombstone goes after 180 days; a cursor from before it loads anew, one from after it goes on', async () => {
  await applyAsSystem(centre, '620102', [...subjects(1), announce('a1'), announce('a2')]);
  const had = await pullPage(centre, wang, STREAM);
  await withdraw('a1');
  const knew = await pullPage(centre, wang, STREAM, had);

  expect(await prune(database, after(179))).toEqual({ tombstones: 0, commits: 0, sessions: 0 });
  expect((await pullPage(centre, wang, STREAM, had)).rows).toMatchObject([{ id: 'a1', x: 'gone' }]);

  expect(await prune(database, after(181))).toMatchObject({ tombstones: 1 });
  await expect(pullPage(centre, wang, STREAM, had)).rejects.toMatchObject({ kind: 'cursorTooOld' });
  expect((await pullPage(centre, wang, STREAM, knew)).rows).toEqual([]);
  expect(await feed()).toEqual(['o-wang', 's0', 'a2']);
  expect(await prune(database, after(181))).toMatchObject({ tombstones: 0 });
});

test('a tombstone stays while a segment that counts may still contain its row', async () => {
  await applyAsSystem(centre, '620102', [...subjects(2000), announce('a1')]);
  await packAll(centre, Date.now());
  await withdraw('a1');
  expect(await prune(database, after(200))).toMatchObject({ tombstones: 0 });

  const { segments } = await snapshot(centre, wang, { stream: STREAM });
  const rest = pageOf(await pull(centre, wang, { stream: STREAM, packed: String(segments.at(-1)?.no) }));
  expect(rest.rows).toMatchObject([{ id: 'a1', x: 'gone' }]);

  expect(await night({ centre, database, files: { sweep: async () => undefined } }, after(200))).toEqual({
    packed: 1,
    tombstones: 1,
    commits: 0,
    sessions: 0,
  });
  expect(200 * DAY).toBeGreaterThan(SEGMENT_LIVES_MS);
});

test('commits go after 400 days but the newest of them; every cursor above it is still checked, one below it loads anew', async () => {
  await applyAsSystem(centre, '620102', subjects(3), { batch: 1 });
  const pages = [await pullPage(centre, wang, STREAM, {}, 2), await pullPage(centre, wang, STREAM)];
  expect(await prune(database, after(399))).toMatchObject({ commits: 0 });
  const { commits } = await prune(database, after(401));
  expect(commits).toBe(3);
  const [older, newest] = pages;
  await expect(pullPage(centre, wang, STREAM, older)).rejects.toMatchObject({ kind: 'cursorTooOld' });
  expect((await pullPage(centre, wang, STREAM, newest)).rows).toEqual([]);
  await applyAsSystem(centre, '620102', [announce('a1')]);
  expect((await pullPage(centre, wang, STREAM, newest)).rows).toMatchObject([{ id: 'a1' }]);
  await expect(pullPage(centre, wang, STREAM, { seq: newest?.seq ?? 0, mark: 'f'.repeat(16) })).rejects.toMatchObject({
    kind: 'cursorFork',
  });
});

test('sessions go a month after they ended', async () => {
  await openSession(database.sql, wang, 'pc', Date.now());
  expect(await prune(database, after(14 + 29))).toMatchObject({ sessions: 0 });
  expect(await prune(database, after(14 + 31))).toMatchObject({ sessions: 1 });
});

test('of servers that begin the night together one works, and a writer meanwhile is not disturbed', async () => {
  await applyAsSystem(centre, '620102', subjects(2000));
  const files = { sweep: async () => undefined };
  const [a, b, outcomes] = await Promise.all([
    night({ centre, database, files }, Date.now()),
    night({ centre, database, files }, Date.now()),
    pushAll(
      centre,
      wang,
      Array.from({ length: 100 }, (_, i) =>
        commandOf(wang, 'subjects.edit', { id: `s${i}`, changes: { diners: { from: 12, to: 13 } } }),
      ),
    ),
  ]);
  expect([a, b].filter((report) => 'elsewhere' in report)).toHaveLength(1);
  expect(outcomes.every(({ status }) => status === 'applied')).toBe(true);
  const { segments } = await snapshot(centre, wang, { stream: STREAM });
  expect(segments).toMatchObject([{ rows: 2001 }]);
  const ready = gunzipSync(await segmentBytes(centre, wang, { stream: STREAM, sha256: segments[0]?.sha256 })).toString();
  const rest = pageOf(await pull(centre, wang, { stream: STREAM, packed: '1' }));
  const rows = new Map(
    ready
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PageRow)
      .concat(rest.rows)
      .map((row) => [row.id, row]),
  );
  expect(rows).toEqual(new Map((await pullPage(centre, wang, STREAM)).rows.map((row) => [row.id, row])));
});
