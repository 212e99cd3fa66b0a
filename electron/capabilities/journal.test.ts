import { type FileHandle, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../tests/electron-shim/temp-folder.ts';
import { type Journal, journal } from './journal.ts';
import { openLaneFile } from './lane.ts';

const LANE = 'officer-0001';

const fileOf = (dataDir: string): string => join(dataDir, 'journal', `${LANE}.journal`);
const texts = async ({ calls }: Journal): Promise<string[]> => (await calls.read({ lane: LANE })).entries.map(({ text }) => text);
const seqs = async ({ calls }: Journal): Promise<number[]> => (await calls.read({ lane: LANE })).entries.map(({ seq }) => seq);

function open(...args: Parameters<typeof journal>): Journal {
  const one = journal(...args);
  onTestFinished(() => one.close());
  return one;
}

interface Disk {
  writes: number;
  syncs: number;
  failure: { readonly on: 'write' | 'datasync' | 'truncate'; readonly code: string; readonly after?: number } | undefined;
  onSync: () => Promise<void>;
}

/** A real file whose writes and syncs are counted and can be made to fail. */
function watchedDisk(): { readonly disk: Disk; readonly openFile: typeof openLaneFile } {
  const disk: Disk = { writes: 0, syncs: 0, failure: undefined, onSync: async () => undefined };
  const fail = (on: string): void => {
    if (disk.failure?.on === on) throw Object.assign(new Error(disk.failure.code), { code: disk.failure.code, syscall: on });
  };
  const openFile = async (path: string): Promise<FileHandle> => {
    const real = await openLaneFile(path);
    return Object.assign(Object.create(real) as FileHandle, {
      readFile: () => real.readFile(),
      close: () => real.close(),
      truncate: async (length: number) => {
        fail('truncate');
        await real.truncate(length);
      },
      write: async (bytes: Buffer, offset: number, length: number, position: number) => {
        disk.writes += 1;
        const some = disk.failure?.on === 'write' ? (disk.failure.after ?? 0) : length;
        const done = some > 0 ? await real.write(bytes, offset, some, position) : { bytesWritten: 0, buffer: bytes };
        fail('write');
        return done;
      },
      datasync: async () => {
        disk.syncs += 1;
        await disk.onSync();
        fail('datasync');
        await real.datasync();
      },
    });
  };
  return { disk, openFile };
}

test('an append is acknowledged only after it is on disk', async () => {
  const dataDir = await tempFolder();
  const { disk, openFile } = watchedDisk();
  let acknowledged = false;
  let seenBeforeSync = true;
  disk.onSync = async () => {
    seenBeforeSync = acknowledged;
    expect(await readFile(fileOf(dataDir), 'utf8')).toContain('整改通知');
  };
  await open(dataDir, openFile).calls.append({ lane: LANE, entries: ['整改通知'] });
  acknowledged = true;
  expect(seenBeforeSync).toBe(false);
  expect(disk.syncs).toBe(1);
});

test('entries come back in order with rising numbers, also to a process that starts later', async () => {
  const dataDir = await tempFolder();
  const first = open(dataDir);
  await first.calls.append({ lane: LANE, entries: ['甲', '乙'] });
  await first.close();
  const later = open(dataDir);
  await later.calls.append({ lane: LANE, entries: ['丙'] });
  expect(await later.calls.read({ lane: LANE })).toEqual({
    entries: [
      { seq: 1, text: '甲' },
      { seq: 2, text: '乙' },
      { seq: 3, text: '丙' },
    ],
    damaged: 0,
  });
  expect(await later.calls.lanes()).toEqual([LANE]);
});

test('appends that arrive together share one write and one sync', async () => {
  const dataDir = await tempFolder();
  const { disk, openFile } = watchedDisk();
  const one = open(dataDir, openFile);
  const entries = Array.from({ length: 50 }, (_, place) => `entry ${place}`);
  await Promise.all(entries.map((entry) => one.calls.append({ lane: LANE, entries: [entry] })));
  expect(disk).toMatchObject({ writes: 1, syncs: 1 });
  expect(await texts(one)).toEqual(entries);
});

test('appends that arrive while another is being synced share the next one', async () => {
  const dataDir = await tempFolder();
  const { disk, openFile } = watchedDisk();
  const one = open(dataDir, openFile);
  const late: Promise<unknown>[] = [];
  disk.onSync = async () => {
    if (late.length > 0) return;
    for (const entry of ['second', 'third', 'fourth']) late.push(one.calls.append({ lane: LANE, entries: [entry] }));
  };
  await one.calls.append({ lane: LANE, entries: ['first'] });
  await Promise.all(late);
  expect(disk.syncs).toBe(2);
  expect(await texts(one)).toEqual(['first', 'second', 'third', 'fourth']);
});

test('a torn last line was never kept: it is no damage, and cut off before the next append', async () => {
  const dataDir = await tempFolder();
  const first = open(dataDir);
  await first.calls.append({ lane: LANE, entries: ['kept', 'torn'] });
  await first.close();
  const bytes = await readFile(fileOf(dataDir));
  await writeFile(fileOf(dataDir), bytes.subarray(0, -3));
  const later = open(dataDir);
  expect(await later.calls.read({ lane: LANE })).toEqual({ entries: [{ seq: 1, text: 'kept' }], damaged: 0 });
  await later.calls.append({ lane: LANE, entries: ['after'] });
  expect(await later.calls.read({ lane: LANE })).toMatchObject({ entries: [{ text: 'kept' }, { text: 'after' }], damaged: 0 });
});

test('a file cut at any byte keeps every entry that was whole', async () => {
  const dataDir = await tempFolder();
  const first = open(dataDir);
  await first.calls.append({ lane: LANE, entries: ['餐饮', '小作坊', 'x'] });
  await first.close();
  const whole = await readFile(fileOf(dataDir));
  for (let cut = 0; cut <= whole.length; cut += 1) {
    await writeFile(fileOf(dataDir), whole.subarray(0, cut));
    const later = journal(dataDir);
    const lines = whole.subarray(0, cut).toString('utf8').split('\n').length - 1;
    expect(await texts(later)).toEqual(['餐饮', '小作坊', 'x'].slice(0, Math.max(0, lines - 1)));
    await later.calls.append({ lane: LANE, entries: ['new'] });
    expect((await texts(later)).at(-1)).toBe('new');
    await later.close();
  }
});

test('a flipped bit in the middle costs that entry alone, and its number is not given out again', async () => {
  const dataDir = await tempFolder();
  const first = open(dataDir);
  await first.calls.append({ lane: LANE, entries: ['one', 'two', 'three'] });
  await first.close();
  const bytes = await readFile(fileOf(dataDir));
  const at = bytes.indexOf('two');
  bytes[at] = bytes[at]! ^ 1;
  await writeFile(fileOf(dataDir), bytes);
  const later = open(dataDir);
  expect(await later.calls.read({ lane: LANE })).toMatchObject({ entries: [{ text: 'one' }, { text: 'three' }], damaged: 1 });
  await later.calls.append({ lane: LANE, entries: ['four'] });
  expect(await seqs(later)).toEqual([1, 3, 4]);
});

test('a flipped bit in a number or in the first line is noticed', async () => {
  const dataDir = await tempFolder();
  const first = open(dataDir);
  await first.calls.append({ lane: LANE, entries: ['one', 'two'] });
  await first.close();
  const whole = await readFile(fileOf(dataDir), 'utf8');
  await writeFile(fileOf(dataDir), whole.replace('\n2\t', '\n7\t'));
  expect(await open(dataDir).calls.read({ lane: LANE })).toMatchObject({ entries: [{ seq: 1, text: 'one' }], damaged: 1 });
  await writeFile(fileOf(dataDir), whole.replace('next', 'nexu'));
  expect(await open(dataDir).calls.read({ lane: LANE })).toMatchObject({ entries: [{ seq: 1 }, { seq: 2 }], damaged: 1 });
});

test('trim forgets what the centre has, and numbers go on rising even after everything was forgotten', async () => {
  const dataDir = await tempFolder();
  const first = open(dataDir);
  await first.calls.append({ lane: LANE, entries: ['a', 'b', 'c'] });
  await first.calls.trim({ lane: LANE, throughSeq: 2 });
  expect(await first.calls.read({ lane: LANE })).toEqual({ entries: [{ seq: 3, text: 'c' }], damaged: 0 });
  await first.calls.trim({ lane: LANE, throughSeq: 99 });
  expect(await texts(first)).toEqual([]);
  await first.close();
  const later = open(dataDir);
  await later.calls.append({ lane: LANE, entries: ['d'] });
  expect(await seqs(later)).toEqual([4]);
  expect(await readdir(join(dataDir, 'tmp'))).toEqual([]);
});

test('trim of a lane that was never written leaves nothing behind', async () => {
  const dataDir = await tempFolder();
  const one = open(dataDir);
  await one.calls.trim({ lane: LANE, throughSeq: 5 });
  expect(await one.calls.lanes()).toEqual([]);
});

test('append, trim and append at once happen in the order they were asked', async () => {
  const dataDir = await tempFolder();
  const one = open(dataDir);
  await Promise.all([
    one.calls.append({ lane: LANE, entries: ['a', 'b'] }),
    one.calls.trim({ lane: LANE, throughSeq: 1 }),
    one.calls.append({ lane: LANE, entries: ['c'] }),
  ]);
  expect((await texts(one)).toSorted()).toEqual(['b', 'c']);
});

test.each([
  { on: 'write', code: 'ENOSPC', after: 0, kind: 'diskFull' },
  { on: 'write', code: 'ENOSPC', after: 40, kind: 'diskFull' },
  { on: 'datasync', code: 'EDQUOT', after: 0, kind: 'diskFull' },
  { on: 'datasync', code: 'EIO', after: 0, kind: 'storageBroken' },
] as const)('$code at $on after $after bytes refuses the whole group and keeps none of it', async ({ on, code, after, kind }) => {
  const dataDir = await tempFolder();
  const { disk, openFile } = watchedDisk();
  const one = open(dataDir, openFile);
  await one.calls.append({ lane: LANE, entries: ['before'] });
  disk.failure = { on, code, after };
  const refused = await Promise.allSettled(['x', 'y'].map((entry) => one.calls.append({ lane: LANE, entries: [entry, entry] })));
  expect(refused).toMatchObject([
    { status: 'rejected', reason: { kind } },
    { status: 'rejected', reason: { kind } },
  ]);
  expect(await texts(journal(dataDir))).toEqual(['before']);
  disk.failure = undefined;
  await one.calls.append({ lane: LANE, entries: ['after'] });
  expect(await one.calls.read({ lane: LANE })).toEqual({
    entries: [
      { seq: 1, text: 'before' },
      { seq: 2, text: 'after' },
    ],
    damaged: 0,
  });
});

test('what a failed write left is never read as kept, even when it cannot be cut off at once', async () => {
  const dataDir = await tempFolder();
  const { disk, openFile } = watchedDisk();
  const one = open(dataDir, openFile);
  await one.calls.append({ lane: LANE, entries: ['before'] });
  disk.failure = { on: 'datasync', code: 'ENOSPC' };
  disk.onSync = async () => {
    disk.failure = { on: 'truncate', code: 'EIO' };
    throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'fdatasync' });
  };
  await expect(one.calls.append({ lane: LANE, entries: ['lost'] })).rejects.toMatchObject({ kind: 'diskFull' });
  expect(await texts(one)).toEqual(['before']);
  await expect(one.calls.append({ lane: LANE, entries: ['still broken'] })).rejects.toMatchObject({ kind: 'storageBroken' });
});
