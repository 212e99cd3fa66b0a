import { expect, test } from 'vitest';
import { tables } from '#shared/tables/index.ts';
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
const row = (n: number, state: OutboxRow['state'] = 'waiting'): OutboxRow => ({
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

/** What the engine relies on, whichever database stands behind. */
export function runClientStoreContract(name: string, open: () => Promise<StoresOnDisk>): void {
  test(`${name}: rows, shadows and cursor of one step are all there after a restart`, async () => {
    const first = await open();
    await first.cache.apply(
      changes({
        puts: new Map<string, never[]>([
          ['regions', [region('a', '张掖路街道'), region('b', '雁南街道')] as never[]],
          ['officers', [officer] as never[]],
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
        puts: new Map<string, never[]>([['regions', [region('a', '甲'), other] as never[]]]),
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

  test(`${name}: a mutation is waiting, acked, settled or an issue, and known for good`, async () => {
    const first = await open();
    await first.outbox.add([row(3), row(1), row(2)]);
    expect((await first.outbox.rows()).map(({ n }) => n)).toEqual([1, 2, 3]);
    await first.outbox.decide({
      acked: [row(1, 'acked'), row(3, 'acked')],
      issues: [issueOf(row(2), 'rejected'), issueOf(row(3), 'merged')],
    });
    await first.outbox.settle([{ ...row(1, 'acked'), epoch: 'e', doneAt: 5 }], 0);
    const { outbox } = await first.reopen();
    expect(await outbox.rows()).toEqual([row(3, 'acked')]);
    expect((await outbox.issues()).toSorted((a, b) => a.n - b.n)).toEqual([
      issueOf(row(2), 'rejected'),
      issueOf(row(3), 'merged'),
    ]);
    expect(await Promise.all([1, 2, 3, 4].map((n) => outbox.knows(row(n).mid)))).toEqual([true, true, true, false]);
    expect(await outbox.lastN()).toBe(3);
    expect(await outbox.done()).toEqual([{ ...row(1, 'acked'), epoch: 'e', doneAt: 5 }]);
    await outbox.reopen([row(1), row(3)]);
    expect(await outbox.rows()).toEqual([row(1), row(3)]);
    expect(await outbox.done()).toEqual([]);
    await outbox.withdraw(row(3).mid);
    expect(await outbox.rows()).toEqual([row(1)]);
  });

  test(`${name}: rows of every table of the registry find their place`, async () => {
    const { cache } = await open();
    for (const table of Object.keys(tables)) expect(await cache.all(table)).toEqual([]);
  });
}
