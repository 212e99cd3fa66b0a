import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { array, assert, asyncProperty, constantFrom, integer, oneof, record as recordOf, tuple } from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Fault } from '#shared/errors.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { tables } from '#shared/tables/index.ts';
import { bytesSealWith } from '../../renderer/store/bytes-seal.ts';
import { planOf, type RecordHead } from '../../renderer/store/compaction.ts';
import { type CacheDatabase, cacheDatabase } from '../../renderer/store/databases.ts';
import { linesOf } from '../../renderer/store/lines.ts';
import { openLogCache } from '../../renderer/store/log-cache.ts';
import { openRecord, packLines } from '../../renderer/store/record.ts';
import type { CacheChanges, CacheStore } from '../../renderer/sync/ports.ts';
import { emptyDisk, memoryCache } from '../support/memory-client.ts';

const DAY_MS = 24 * 3600_000;
const NOW = Date.UTC(2026, 10, 24);

interface Opened {
  readonly db: CacheDatabase;
  readonly cache: CacheStore;
  readonly defects: Fault[];
  readonly lost: string[];
}

async function open(name: string, key: Uint8Array): Promise<Opened> {
  const db = cacheDatabase(name);
  const [defects, lost]: [Fault[], string[]] = [[], []];
  const cache = await openLogCache({
    db,
    seal: bytesSealWith(key),
    clock: { now: () => NOW },
    defect: (error) => void defects.push(error as Fault),
    lost: (stream) => void lost.push(stream),
  });
  return { db, cache, defects, lost };
}

const task = (id: string, districtId: string, state = 'dispatched', daysAgo = 1): AnyRow => ({
  id,
  districtId,
  kind: 'routine',
  title: `日常检查 ${id}`,
  subjectId: 's1',
  gridId: 'g1',
  templateId: null,
  assigneeIds: [],
  dueAt: NOW - daysAgo * DAY_MS,
  dispatchedAt: 1,
  note: null,
  cancelReason: null,
  state,
});
const nothing: CacheChanges = { puts: new Map(), removes: new Map(), shadowPuts: [], shadowRemoves: [] };
const puts = (rows: readonly AnyRow[]): CacheChanges => ({ ...nothing, puts: new Map([['tasks', rows]]) });
const cursor = (stream: string, seq = 1) => ({ stream, seq, mark: 'm', epoch: 'e', mine: 0, rows: 1, inStepAt: null });

let name: string;
let key: Uint8Array;

beforeEach(() => {
  name = randomUUID();
  key = randomBytes(32);
});

/** All bytes of all records, opened. */
async function everyLine({ db }: Opened): Promise<string> {
  const records = await db.rec.toArray();
  return (await Promise.all(records.map((one) => openRecord(bytesSealWith(key), one)))).join('\n');
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

const ID = constantFrom('a', 'b', 'c', 'd', 'e');
const DISTRICT = constantFrom('620102', '620103');
/** A row keeps to its district, as the centre sees to it. */
const idIn = (district: string, id: string): string => `${district}-${id}`;
const STEP = oneof(
  {
    weight: 8,
    arbitrary: recordOf({
      what: constantFrom('put' as const),
      district: DISTRICT,
      id: ID,
      state: constantFrom('dispatched', 'accepted', 'done'),
    }),
  },
  {
    weight: 3,
    arbitrary: recordOf({
      what: constantFrom('remove' as const, 'shadow' as const, 'bare' as const),
      district: DISTRICT,
      id: ID,
    }),
  },
  {
    weight: 2,
    arbitrary: recordOf({
      what: constantFrom('cold' as const, 'hot' as const, 'page' as const),
      district: DISTRICT,
      id: tuple(ID, ID),
    }),
  },
  { weight: 1, arbitrary: recordOf({ what: constantFrom('drop' as const), district: DISTRICT }) },
  { weight: 2, arbitrary: recordOf({ what: constantFrom('restart' as const, 'many' as const) }) },
);
type Step = typeof STEP extends { generate: (...args: never[]) => { value: infer S } } ? S : never;

test('whatever was written, dropped and read in between, the log gives what plain maps give', async () => {
  await assert(
    asyncProperty(
      array(STEP, { minLength: 10, maxLength: 40, size: 'max' }),
      integer({ min: 0, max: 999 }),
      async (steps, salt) => {
        const model = memoryCache(emptyDisk());
        let opened = await open(randomUUID(), key);
        let sha = salt;
        const both = async (changes: CacheChanges): Promise<void> => {
          await model.apply(changes);
          await opened.cache.apply(changes);
        };
        for (const step of steps) {
          await play(step, both, model, opened, (sha += 1));
          if (step.what === 'restart') {
            await settled();
            const { name: same } = opened.db;
            opened.db.close();
            opened = await open(same, key);
          }
        }
        for (let times = 0; times < 2; times++) {
          for (const district of ['620102', '620103'])
            expect(await opened.cache.digests(`d:${district}`, NOW)).toEqual(await model.digests(`d:${district}`, NOW));
          for (const state of ['dispatched', 'accepted', 'done'])
            expect(await opened.cache.where('tasks', { equal: { state } })).toEqual(
              await model.where('tasks', { equal: { state } }),
            );
          expect(byId(await opened.cache.shadows())).toEqual(byId(await model.shadows()));
          expect(byId(await opened.cache.all('tasks'))).toEqual(byId(await model.all('tasks')));
          await settled();
          opened.db.close();
          opened = await open(opened.db.name, key);
        }
        expect(opened.defects).toEqual([]);
        await opened.db.delete();
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

const byId = <T extends { readonly id: string }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function play(
  step: Step,
  both: (changes: CacheChanges) => Promise<void>,
  model: CacheStore,
  { cache }: Opened,
  no: number,
): Promise<void> {
  switch (step.what) {
    case 'put':
      return both(puts([task(idIn(step.district, step.id), step.district, step.state, no % 5)]));
    case 'remove':
      return both({ ...nothing, removes: new Map([['tasks', [idIn(step.district, step.id)]]]) });
    case 'shadow': {
      const id = idIn(step.district, step.id);
      return both({
        ...nothing,
        shadowPuts: [{ table: 'tasks', id, row: no % 3 === 0 ? null : task(id, step.district, 'done') }],
      });
    }
    case 'bare':
      return both({ ...nothing, shadowRemoves: [{ table: 'tasks', id: idIn(step.district, step.id) }] });
    case 'cold':
    case 'hot': {
      // A segment only ever comes where nothing newer is known, as in a first load.
      const rows = [...new Set(step.id)].map((id) => task(`${idIn(step.district, id)}-${no}`, step.district, 'done', 100));
      return both(await segmentOf(`d:${step.district}`, rows, step.what === 'cold', no));
    }
    case 'page': {
      const [put, gone] = [idIn(step.district, step.id[0]), idIn(step.district, step.id[1])];
      const changes =
        put === gone
          ? puts([task(put, step.district)])
          : { ...puts([task(put, step.district)]), removes: new Map([['tasks', [gone]]]) };
      const lines = [
        JSON.stringify({ t: 'begin', stream: `d:${step.district}` }),
        ...linesOf(changes, () => '').map((line) => line.replace(',"o":""', '')),
      ];
      return both({ ...changes, packed: await packLines(lines), cursor: cursor(`d:${step.district}`, no) });
    }
    case 'drop': {
      await model.dropStream(`d:${step.district}`);
      await cache.dropStream(`d:${step.district}`);
      return;
    }
    case 'many':
      for (let i = 0; i < 70; i++)
        await both(puts([task(idIn('620102', `m${i % 7}`), '620102', i % 2 === 0 ? 'accepted' : 'done')]));
      return;
    case 'restart':
  }
}

async function segmentOf(stream: string, rows: readonly AnyRow[], cold: boolean, no: number): Promise<CacheChanges> {
  const step = puts(rows);
  const packed = await packLines(linesOf(step, () => ''));
  const sha256 = String(no).padStart(64, '0');
  const segment = {
    no,
    sha256,
    rows: rows.length,
    bytes: packed.length,
    cold,
    newestAt: NOW - 100 * DAY_MS,
    kinds: [tables.tasks.kind],
  };
  return { ...step, packed, segment: { stream, segment } };
}

test('nothing of the work lies on the disk in clear, and a record does not open in the place of another', async () => {
  const opened = await open(name, key);
  await opened.cache.apply({
    ...puts([task('t1', '620102')]),
    shadowPuts: [{ table: 'tasks', id: 't1', row: task('t1', '620102', 'done') }],
  });
  await opened.cache.apply(puts([task('t2', '620102')]));
  await opened.cache.apply(await segmentOf('d:620102', [task('t3', '620102', 'done', 100)], true, 1));
  const stored = [await opened.db.rec.toArray(), await opened.db.pack.toArray(), await opened.db.segment.toArray()];
  const text = JSON.stringify(stored, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  for (const secret of ['日常', 't1', 'dispatched', 's1']) expect(text).not.toContain(secret);
  const [first, second] = await opened.db.rec.toArray();
  if (!first || !second) throw new Error('two records');
  await expect(openRecord(bytesSealWith(key), { ...first, no: second.no })).rejects.toThrow('operation');
});

test('a record that was cut off is told, and only its stream is forgotten', async () => {
  const first = await open(name, key);
  for (const district of ['620102', '620103'])
    await first.cache.apply({ ...puts([task(`t-${district}`, district)]), cursor: cursor(`d:${district}`) });
  await first.cache.apply(puts([task('u-620103', '620103'), task('u-620102', '620102')]));
  const [record] = await first.db.rec.toArray();
  if (!record) throw new Error('no record');
  await first.db.rec.put({ ...record, sealed: record.sealed.slice(0, -1) });
  first.db.close();
  for (const defects of [1, 0]) {
    const again = await open(name, key);
    expect(again.defects.map(({ kind, detail }) => [kind, detail['streams']])).toEqual(
      Array.from({ length: defects }, () => ['storageBroken', ['d:620102']]),
    );
    expect((await again.cache.cursors()).map(({ stream }) => stream)).toEqual(['d:620103']);
    expect((await again.cache.all('tasks')).map(({ id }) => id)).toEqual(['t-620103', 'u-620103']);
    again.db.close();
  }
});

test('another key opens nothing, and says so', async () => {
  const first = await open(name, key);
  await first.cache.apply({ ...puts([task('t1', '620102')]), cursor: cursor('d:620102') });
  first.db.close();
  const again = await open(name, randomBytes(32));
  expect(again.defects).toHaveLength(1);
  expect(await again.cache.all('tasks')).toEqual([]);
  expect(await again.cache.cursors()).toEqual([]);
});

test('packed history that cannot be opened is told, so that the stream is loaded anew', async () => {
  const { db, cache, defects, lost } = await open(name, key);
  await cache.apply(await segmentOf('d:620102', [task('t1', '620102', 'done', 100)], true, 1));
  const [pack] = await db.pack.toArray();
  if (!pack) throw new Error('no pack');
  await db.pack.put({ ...pack, sealed: pack.sealed.slice(1) });
  expect(await cache.where('tasks', { equal: { state: 'done' } })).toEqual([]);
  expect(defects.map(({ kind }) => kind)).toEqual(['storageBroken']);
  expect(lost).toEqual(['d:620102']);
});

test('of a stream that was dropped no row is left in any record, mixed ones included', async () => {
  const opened = await open(name, key);
  await opened.cache.apply({
    ...puts([task('mine', '620102'), task('theirs', '620103')]),
    shadowPuts: [{ table: 'tasks', id: 'theirs', row: task('theirs', '620103', 'done') }],
  });
  await opened.cache.apply({ ...puts([task('more', '620103')]), cursor: cursor('d:620103') });
  await opened.cache.dropStream('d:620103');
  const lines = await everyLine(opened);
  expect(lines).toContain('"mine"');
  expect(lines).not.toContain('620103');
});

test('history is left packed by reads that cannot find anything in it', async () => {
  const { db, cache, lost } = await open(name, key);
  await cache.apply(await segmentOf('d:620102', [task('t1', '620102', 'done', 100)], true, 1));
  await db.pack.clear();
  await cache.where('tasks', { equal: { state: 'dispatched' } });
  await cache.where('tasks', { equal: { state: 'done' }, range: { from: NOW - 99 * DAY_MS } });
  await cache.all('regions');
  expect(lost).toEqual([]);
  await cache.where('tasks', { equal: { state: 'done' }, range: { from: NOW - 100 * DAY_MS } });
  expect(lost).toEqual(['d:620102']);
});

test('the same rows written over and over take the room of a few times those rows', async () => {
  const opened = await open(name, key);
  const rows = Array.from({ length: 1000 }, (_, i) => task(`t${i}`, '620102'));
  for (let times = 0; times < 40; times++) {
    await opened.cache.apply(puts(rows.map((row) => ({ ...row, note: String(times) }))));
    await settled();
  }
  const kept = async (): Promise<number> => (await opened.db.rec.toArray()).reduce((sum, head) => sum + head.rows, 0);
  await expect.poll(kept, { timeout: 20_000 }).toBeLessThanOrEqual(13_000);
  opened.db.close();
  const again = await open(name, key);
  expect(await again.cache.count('tasks')).toBe(1000);
  expect((await again.cache.get('tasks', 't7'))?.['note']).toBe('39');
}, 60_000);

const heads = (n: number, rows: number, base = false): RecordHead[] =>
  Array.from({ length: n }, (_, i) => ({ no: i, base, streams: [], rows }));

test('small records are merged where they follow each other, the base only when superseded words outweigh', () => {
  expect(planOf([...heads(1, 5000, true), ...heads(64, 1)], 5064)).toBe('nothing');
  expect(planOf([...heads(1, 5000, true), ...heads(65, 1)], 5065)).toEqual({ merge: heads(65, 1) });
  expect(planOf([...heads(65, 1), ...heads(1, 5000), ...heads(3, 1)], 5068)).toBe('nothing');
  expect(planOf([...heads(66, 70), ...heads(3, 1)], 5000)).toEqual({ merge: [...heads(66, 70), ...heads(3, 1)] });
  expect(planOf(heads(3, 5000), 2000)).toBe('rewrite');
});

test('rows of a table whose definition has changed since are asked for again', async () => {
  const first = await open(name, key);
  await first.cache.apply(puts([task('t1', '620102')]));
  await first.db.filled.put({ kind: tables.tasks.kind, shape: 'another' });
  await first.db.filled.delete(tables.problems.kind);
  first.db.close();
  const again = await open(name, key);
  expect(await again.cache.stale()).toEqual([tables.tasks.kind, tables.problems.kind]);
  await again.cache.filled([tables.tasks.kind]);
  again.db.close();
  expect(await (await open(name, key)).cache.stale()).toEqual([tables.problems.kind]);
});

test('what was done on disk behind the program’s back is seen once the log is read anew', async () => {
  const { cache } = await open(name, key);
  await cache.apply({ ...puts([task('t1', '620102'), task('t2', '620102')]), cursor: cursor('d:620102') });
  const other = await open(name, key);
  await other.cache.dropStream('d:620102');
  expect(await cache.count('tasks')).toBe(2);
  await cache.reread();
  expect(await cache.count('tasks')).toBe(0);
  expect(await cache.cursors()).toEqual([]);
  await cache.apply({ ...puts([task('t3', '620102')]), cursor: cursor('d:620102') });
  expect((await (await open(name, key)).cache.all('tasks')).map(({ id }) => id)).toEqual(['t3']);
});
