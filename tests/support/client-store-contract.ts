import { expect, test } from 'vitest';
import { Digests } from '#shared/protocol/digest.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { tables } from '#shared/tables/index.ts';
import { linesOf } from '../../renderer/store/lines.ts';
import { packLines } from '../../renderer/store/record.ts';
import type { CacheChanges, CacheStore, CursorRow, IssueRow, OutboxRow, OutboxStore } from '../../renderer/sync/ports.ts';

/** A pair of stores on a disk of their own; `reopen` is what a program started anew finds there. */
export interface StoresOnDisk {
  readonly cache: CacheStore;
  readonly outbox: OutboxStore;
  reopen(): Promise<StoresOnDisk>;
}

const D = '620102';
const region = (id: string, name: string, districtId = D) => ({
  id,
  districtId,
  name,
  level: 'street',
  parentId: null,
  lng: null,
  lat: null,
});
const officer = {
  id: 'o1',
  districtId: D,
  name: '王某(演示)',
  account: 'wang',
  orgUnitId: 'u1',
  roles: ['officer'],
  certNo: null,
  certExpires: null,
  phone: '13900000000',
  state: 'active',
};
const cursor = (stream: string, seq: number): CursorRow => ({
  stream,
  seq,
  mark: 'm',
  epoch: 'e',
  mine: 0,
  rows: 1,
  inStepAt: null,
});
const changes = (more: Partial<CacheChanges>): CacheChanges => ({
  puts: new Map(),
  removes: new Map(),
  shadowPuts: [],
  shadowRemoves: [],
  ...more,
});
const outboxRow = (n: number, state: OutboxRow['state'] = 'waiting'): OutboxRow => ({
  n,
  mid: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name: 'tasks.accept',
  v: 1,
  district: D,
  at: 1,
  offsetMs: 0,
  after: null,
  args: { id: 't1' },
  state,
  streams: [`d:${D}`],
});
const issueOf = ({ mid, n, name, v, district, at, args }: OutboxRow, status: IssueRow['status']): IssueRow => ({
  mid,
  n,
  name,
  v,
  district,
  at,
  args,
  status,
  code: 'E409.1',
  detail: {},
  conflicts: [{ field: 'name', base: 'a', mine: 'b', theirs: 'c' }],
  decidedAt: 2,
  resolved: null,
});

const DAY_MS = 24 * 3600_000;
const NOW = Date.UTC(2026, 10, 24);
const STREAM = `d:${D}`;
const task = (id: string, state: string, daysAgo: number): AnyRow => ({
  id,
  districtId: D,
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
const puts = (table: string, rows: readonly AnyRow[]) => changes({ puts: new Map([[table, rows]]) });
const ids = (rows: readonly AnyRow[]): string[] => rows.map(({ id }) => id);

/** Tasks as a segment would bring them. */
async function segmentOf(rows: readonly AnyRow[], cold = true): Promise<CacheChanges> {
  const step = puts('tasks', rows);
  const packed = await packLines(linesOf(step, () => ''));
  const newestAt = Math.max(...rows.map((row) => Number(row['dueAt'])));
  const sha256 = ids(rows).join('').padStart(64, '0');
  const segment = { no: 1, sha256, rows: rows.length, bytes: packed.length, cold, newestAt, kinds: [tables.tasks.kind] };
  return { ...step, packed, segment: { stream: STREAM, segment } };
}

/** As they are, and as they are found after a restart. */
async function* bothTimes(stores: StoresOnDisk): AsyncGenerator<StoresOnDisk> {
  yield stores;
  yield await stores.reopen();
}

/** What the engine relies on, whichever database stands behind. */
export function runClientStoreContract(name: string, open: () => Promise<StoresOnDisk>): void {
  test(`${name}: rows, shadows and cursor of one step are all there after a restart`, async () => {
    const first = await open();
    await first.cache.apply(
      changes({
        puts: new Map<string, AnyRow[]>([
          ['regions', [region('a', '张掖路街道'), region('b', '雁南街道')]],
          ['officers', [officer]],
        ]),
        shadowPuts: [
          { table: 'regions', id: 'a', row: region('a', '旧名') },
          { table: 'regions', id: 'n', row: null },
        ],
        cursor: cursor(`d:${D}`, 7),
      }),
    );
    const { cache } = await first.reopen();
    expect(await cache.get('regions', 'a')).toEqual(region('a', '张掖路街道'));
    expect(await cache.get('officers', 'o1')).toEqual(officer);
    expect(await cache.many('regions', ['b', 'x'])).toEqual([region('b', '雁南街道'), undefined]);
    expect((await cache.all('regions')).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
    expect((await cache.shadows()).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      { table: 'regions', id: 'a', row: region('a', '旧名') },
      { table: 'regions', id: 'n', row: null },
    ]);
    expect(await cache.cursors()).toEqual([cursor(`d:${D}`, 7)]);
    await cache.apply(changes({ removes: new Map([['regions', ['a']]]), shadowRemoves: [{ table: 'regions', id: 'n' }] }));
    expect(await cache.get('regions', 'a')).toBeUndefined();
    expect(await cache.shadows()).toHaveLength(1);
  });

  test(`${name}: a stream that is dropped takes its rows, its shadows and its cursor, and nothing of another`, async () => {
    const { cache } = await open();
    const other = region('z', '别处', '620103');
    await cache.apply(
      changes({
        puts: new Map([['regions', [region('a', '甲'), other]]]),
        shadowPuts: [{ table: 'regions', id: 'a', row: region('a', '旧') }],
        cursor: cursor(`d:${D}`, 1),
      }),
    );
    await cache.apply(changes({ cursor: cursor('d:620103', 1) }));
    expect(await cache.dropStream(`d:${D}`)).toEqual(new Map([['regions', ['a']]]));
    expect(await cache.all('regions')).toEqual([other]);
    expect(await cache.shadows()).toEqual([]);
    expect((await cache.cursors()).map(({ stream }) => stream)).toEqual(['d:620103']);
  });

  test(`${name}: rows are found by an index in its order, bounded, downward and limited, as they now are`, async () => {
    const { cache } = await open();
    await cache.apply(puts('tasks', [task('a', 'dispatched', 3), task('b', 'dispatched', 1), task('c', 'accepted', 2)]));
    const dispatched = { equal: { state: 'dispatched' } };
    expect(ids(await cache.where('tasks', dispatched))).toEqual(['a', 'b']);
    await cache.apply(puts('tasks', [task('c', 'dispatched', 2), task('d', 'dispatched', 1)]));
    expect(ids(await cache.where('tasks', dispatched))).toEqual(['a', 'c', 'b', 'd']);
    expect(ids(await cache.where('tasks', { ...dispatched, descending: true, limit: 2 }))).toEqual(['d', 'b']);
    const range = { from: NOW - 2 * DAY_MS, to: NOW - DAY_MS };
    expect(ids(await cache.where('tasks', { ...dispatched, range, limit: 2 }))).toEqual(['c', 'b']);
    await cache.apply(changes({ removes: new Map([['tasks', ['b']]]) }));
    expect(ids(await cache.where('tasks', { ...dispatched, range }))).toEqual(['c', 'd']);
    expect(ids(await cache.where('tasks', { equal: { subjectId: 's1' } }))).toEqual(['a', 'c', 'd']);
    expect(await cache.count('tasks')).toBe(3);
    await expect(async () => cache.where('tasks', { equal: { title: 'x' } })).rejects.toThrow('no index');
  });

  test(`${name}: a row under work of mine is told from others`, async () => {
    const { cache } = await open();
    await cache.apply(changes({ shadowPuts: [{ table: 'regions', id: 'a', row: null }] }));
    expect(await cache.covered('regions', ['a', 'b'])).toEqual(['a']);
  });

  test.each([true, false])(
    `${name}: rows of a segment (cold: %s) stand below everything newer, also after a restart`,
    async (cold) => {
      const first = await open();
      await first.cache.apply(await segmentOf([task('a', 'done', 200), task('b', 'done', 300), task('c', 'done', 400)], cold));
      await first.cache.apply(puts('tasks', [task('a', 'accepted', 0)]));
      await first.cache.apply(changes({ removes: new Map([['tasks', ['b']]]), cursor: cursor(STREAM, 9) }));
      for await (const { cache } of bothTimes(first)) {
        expect(ids(await cache.where('tasks', { equal: { state: 'accepted' } }))).toEqual(['a']);
        expect(ids(await cache.where('tasks', { equal: { state: 'done' } }))).toEqual(['c']);
        expect(await cache.get('tasks', 'c')).toEqual(task('c', 'done', 400));
        expect(await cache.get('tasks', 'b')).toBeUndefined();
        expect(ids(await cache.all('tasks')).toSorted()).toEqual(['a', 'c']);
        expect(await cache.segments(STREAM)).toHaveLength(1);
      }
    },
  );

  test(`${name}: a dropped stream takes its segments and every word about them, so that it can be loaded anew`, async () => {
    const first = await open();
    const segment = await segmentOf([task('a', 'done', 200)]);
    await first.cache.apply(segment);
    await first.cache.apply(changes({ removes: new Map([['tasks', ['a']]]), cursor: cursor(STREAM, 9) }));
    await first.cache.dropStream(STREAM);
    expect(await first.cache.segments(STREAM)).toEqual([]);
    expect(await first.cache.count('tasks')).toBe(0);
    await first.cache.apply(segment);
    for await (const { cache } of bothTimes(first)) expect(ids(await cache.all('tasks'))).toEqual(['a']);
  });

  test(`${name}: history is forgotten by date, and what is newer stays`, async () => {
    const first = await open();
    await first.cache.apply(await segmentOf([task('old', 'done', 800)]));
    await first.cache.apply(await segmentOf([task('kept', 'done', 700)]));
    expect(await first.cache.forget(NOW)).toEqual(['tasks']);
    for await (const { cache } of bothTimes(first)) expect(ids(await cache.all('tasks'))).toEqual(['kept']);
  });

  test(`${name}: digests are of the centre's rows, packed ones too, without what is forgotten`, async () => {
    const { cache } = await open();
    await cache.apply(await segmentOf([task('a', 'done', 200), task('b', 'done', 800), task('c', 'done', 100)]));
    await cache.apply(puts('tasks', [task('c', 'accepted', 0), task('d', 'accepted', 0)]));
    await cache.apply({
      ...puts('tasks', [task('e', 'accepted', 1)]),
      shadowPuts: [
        { table: 'tasks', id: 'd', row: null },
        { table: 'tasks', id: 'e', row: task('e', 'dispatched', 1) },
      ],
    });
    const sum = new Digests((text) => new TextEncoder().encode(text));
    for (const row of [task('a', 'done', 200), task('c', 'accepted', 0), task('e', 'dispatched', 1)]) {
      const { id, districtId: _district, ...columns } = row;
      sum.add({ kind: tables.tasks.kind, id, columns });
    }
    expect(await cache.digests(STREAM, NOW)).toEqual(sum.texts());
    await cache.all('tasks');
    expect(await cache.digests(STREAM, NOW)).toEqual(sum.texts());
  });

  test(`${name}: an empty copy lacks nothing`, async () => {
    const first = await open();
    expect(await first.cache.stale()).toEqual([]);
    await first.cache.filled([tables.tasks.kind]);
    expect(await (await first.reopen()).cache.stale()).toEqual([]);
  });

  test(`${name}: a mutation is waiting, acked, settled or an issue, and known for good`, async () => {
    const first = await open();
    await first.outbox.add([outboxRow(3), outboxRow(1), outboxRow(2)]);
    expect((await first.outbox.rows()).map(({ n }) => n)).toEqual([1, 2, 3]);
    await first.outbox.decide({
      acked: [outboxRow(1, 'acked'), outboxRow(3, 'acked')],
      issues: [issueOf(outboxRow(2), 'rejected'), issueOf(outboxRow(3), 'merged')],
    });
    await first.outbox.settle([{ ...outboxRow(1, 'acked'), epoch: 'e', doneAt: 5 }], 0);
    const { outbox } = await first.reopen();
    expect(await outbox.rows()).toEqual([outboxRow(3, 'acked')]);
    expect((await outbox.issues()).toSorted((a, b) => a.n - b.n)).toEqual([
      issueOf(outboxRow(2), 'rejected'),
      issueOf(outboxRow(3), 'merged'),
    ]);
    expect(await Promise.all([1, 2, 3, 4].map((n) => outbox.knows(outboxRow(n).mid)))).toEqual([true, true, true, false]);
    expect(await outbox.lastN()).toBe(3);
    expect(await outbox.done()).toEqual([{ ...outboxRow(1, 'acked'), epoch: 'e', doneAt: 5 }]);
    await outbox.reopen([outboxRow(1), outboxRow(3)]);
    expect(await outbox.rows()).toEqual([outboxRow(1), outboxRow(3)]);
    expect(await outbox.done()).toEqual([]);
    await outbox.withdraw(outboxRow(3).mid);
    expect(await outbox.rows()).toEqual([outboxRow(1)]);
  });

  test(`${name}: rows of every table of the registry find their place`, async () => {
    const { cache } = await open();
    for (const table of Object.keys(tables)) expect(await cache.all(table)).toEqual([]);
  });
}
