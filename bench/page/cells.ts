/** The cells of the bench, called one by one from outside; each answers milliseconds. */
import { tableList } from '#shared/tables/index.ts';
import { registers } from '../../renderer/sync/register.ts';
import { type Account, type BenchDesk, type KeptCopy, openBenchDesk, openKept } from './desk.ts';
import { dexiePut, dropRaw, openRaw, type PlainRow, rawAll, rawPut } from './reference.ts';

const EDITS = 200;
const FLUSHED = 2000;
const POKES = 30;
const QUERIES = 50;

let desk: BenchDesk | undefined;
let rows: readonly PlainRow[] = [];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

async function until(done: () => unknown): Promise<void> {
  while (!done()) await wait(5);
}

/** The longest time in which the page could not answer a click while `work` ran. */
async function longestFreeze(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const beat = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 4);
  await work();
  clearInterval(beat);
  return longest;
}

const atDesk = (): BenchDesk => {
  if (!desk) throw new Error('load first');
  return desk;
};

const subjects = (): PlainRow[] => rows.filter((row) => row['table'] === 'subjects');

/** An edit that changes something each time. */
const edit = (id: string, from: unknown, to: number) =>
  atDesk().copy.mutate('subjects.edit', { id, changes: { diners: { from: from ?? null, to } } });

/** From nothing to a copy in step. */
async function firstLoad(account: Account, pagesOnly: boolean) {
  const loading = await openBenchDesk(account, pagesOnly);
  let ms = 0;
  const freezeMs = await longestFreeze(async () => {
    ms = await timed(async () => {
      loading.start();
      await until(() => loading.inStep());
    });
  });
  await loading.stop();
  return { loading, ms, freezeMs };
}

const cells = {
  async pages(account: Account) {
    const { loading, ms, freezeMs } = await firstLoad(account, true);
    await loading.close();
    return { ms, freezeMs };
  },
  async load(account: Account) {
    const { loading, ms, freezeMs } = await firstLoad(account, false);
    desk = loading;
    return { ms, freezeMs };
  },
  /** Packed history unpacked too; what everything weighs on the disk. */
  async unpack() {
    const all: PlainRow[][] = [];
    const ms = await timed(async () => {
      for (const { name } of tableList)
        all.push((await atDesk().cache.all(name)).map((row) => ({ ...row, table: name, id: `${name}/${row.id}` })));
    });
    rows = all.flat();
    const stored = (await atDesk().storedBytes()) / new TextEncoder().encode(JSON.stringify(rows)).length;
    return { ms, rows: rows.length, stored };
  },
  kept: async () => ({ ms: 0, kept: atDesk().kept }),
  /** In a program that was started anew: the copy opened, the work of the day found. */
  async coldStart(kept: KeptCopy) {
    const ms = await timed(async () => {
      const cache = await openKept(kept);
      for (const state of ['dispatched', 'accepted', 'inProgress']) await cache.where('tasks', { equal: { state } });
      await cache.where('inspections', { equal: { state: 'inProgress' } });
      await cache.where('problems', { equal: { state: 'confirmed' }, range: { from: Date.now() - 24 * 3600_000 } });
    });
    return { ms };
  },
  async digests() {
    const [stream] = atDesk()
      .copy.cursors()
      .toSorted((a, b) => b.rows - a.rows);
    return { ms: await timed(() => atDesk().cache.digests(stream?.stream ?? '', Date.now())) };
  },
  async raw() {
    const db = await openRaw('raw');
    const ms = await timed(() => rawPut(db, rows, 'relaxed'));
    await dropRaw(db);
    return { ms };
  },
  async dexie() {
    return { ms: await timed(() => dexiePut('plain', rows)) };
  },
  async rawEdit() {
    const db = await openRaw('edit');
    const some = subjects().slice(0, EDITS);
    const each: number[] = [];
    for (const row of some) each.push(await timed(() => rawPut(db, [row], 'strict')));
    await dropRaw(db);
    return { ms: median(each) };
  },
  async edit() {
    const each: number[] = [];
    for (const [i, row] of subjects().slice(0, EDITS).entries())
      each.push(await timed(() => edit(row.id.replace('subjects/', ''), row['diners'], 10 + i)));
    return { ms: median(each) };
  },
  async flush() {
    const some = subjects();
    for (let i = 0; i < FLUSHED; i++) {
      const id = some[i % some.length]?.id.replace('subjects/', '') ?? '';
      const row = await atDesk().cache.get('subjects', id);
      await edit(id, row?.['diners'], 1000 + i);
    }
    const ms = await timed(async () => {
      atDesk().start();
      await until(() => atDesk().copy.pending().length === 0);
    });
    return { ms };
  },
  async propagation(other: Account) {
    const second = await openBenchDesk(other);
    second.start();
    await until(() => second.inStep());
    const each: number[] = [];
    for (const row of subjects().slice(0, POKES)) {
      const id = row.id.replace('subjects/', '');
      const now = await atDesk().cache.get('subjects', id);
      const seen = new Promise<void>((resolve) => {
        const stop = second.onChange(({ puts }) => {
          if (!puts.get('subjects')?.some((one) => one.id === id)) return;
          stop();
          resolve();
        });
      });
      each.push(
        await timed(async () => {
          await edit(id, now?.['diners'], 50_000);
          atDesk().nudge();
          await seen;
        }),
      );
      await wait(20);
    }
    await second.close();
    return { ms: median(each) };
  },
  async rawSearch() {
    const db = await openRaw('search');
    await rawPut(db, subjects(), 'relaxed');
    const each: number[] = [];
    for (let i = 0; i < 5; i++)
      each.push(await timed(async () => (await rawAll(db)).filter((row) => String(row['name']).includes('牛肉')).slice(0, 50)));
    await dropRaw(db);
    return { ms: median(each) };
  },
  async search() {
    const register = registers(atDesk().cache);
    const query = {
      table: 'subjects',
      filter: { kind: [] },
      sort: { column: 'name', descending: false },
      offset: 0,
      limit: 50,
    } as const;
    await register.query({ ...query, search: '' });
    const each: number[] = [];
    for (let i = 0; i < QUERIES; i++)
      each.push(await timed(() => register.query({ ...query, search: i % 2 === 0 ? '牛肉' : 'nrm' })));
    return { ms: median(each) };
  },
};

export type Cells = typeof cells;

declare global {
  interface Window {
    cells: Cells;
  }
}

window.cells = cells;
