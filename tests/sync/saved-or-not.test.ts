/** What the officer is told about a mutation, and what then happens to it, are the same. */
import { expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import type { Journal, OutboxStore } from '../../renderer/sync/ports.ts';
import { recoverOutbox } from '../../renderer/sync/recover.ts';
import { subjectArgs } from '../support/commands.ts';
import { type ClientDisk, emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';

const DISK_FULL = new Fault('diskFull', 'no space');

interface Broken {
  readonly outbox?: (real: OutboxStore) => OutboxStore;
  readonly journal?: (real: Journal) => Journal;
  readonly cacheFails?: boolean;
}

async function copyOn(disk: ClientDisk, { outbox = (real) => real, journal = (real) => real, cacheFails = false }: Broken = {}) {
  const defects: unknown[] = [];
  const cache = memoryCache(disk);
  let begun = false;
  const apply: typeof cache.apply = async (changes) => {
    if (begun && cacheFails) throw DISK_FULL;
    await cache.apply(changes);
  };
  const stores = { cache: { ...cache, apply }, outbox: outbox(memoryOutbox(disk)), journal: journal(memoryJournal(disk)) };
  await recoverOutbox(stores.outbox, stores.journal, (text) => text);
  let count = 0;
  const random = {
    uuid: () => `00000000-0000-4000-8000-${String(++count + disk.journalSeq * 100).padStart(12, '0')}`,
    fraction: () => 0,
  };
  const clock = { now: () => 1000, sleep: async () => undefined };
  const defect = (error: unknown): void => void defects.push(error);
  const copy = await openLocalCopy(stores, { clock, random, seal: (text) => text, defect }, WANG, () => undefined);
  begun = true;
  return { copy, defects, register: (id: string) => copy.mutate('subjects.register', subjectArgs(id)) };
}

/** What a program started anew would send. */
const sentAfterRestart = async (disk: ClientDisk): Promise<unknown[]> =>
  (await copyOn(disk)).copy.waiting().map(({ args }) => args['id']);

test('a journal that wrote and could not say so: called not saved, and not sent later', async () => {
  const disk = emptyDisk();
  let silent = true;
  const { register } = await copyOn(disk, {
    journal: (real) => ({
      ...real,
      append: async (entries) => {
        await real.append(entries);
        if (silent) throw new Fault('storageBroken', 'the window was closed');
      },
    }),
  });
  await expect(register('s1')).rejects.toMatchObject({ kind: 'storageBroken' });
  silent = false;
  await register('s2');
  expect(await sentAfterRestart(disk)).toEqual(['s2']);
});

test('an outbox that was given up as silent and kept it after all: called not saved, and not sent later', async () => {
  const disk = emptyDisk();
  const { register } = await copyOn(disk, {
    outbox: (real) => ({
      ...real,
      add: async (rows) => {
        await real.add(rows);
        throw new Fault('storageSlow', 'no event');
      },
      withdraw: async () => {
        throw new Fault('storageSlow', 'no event');
      },
    }),
  });
  await expect(register('s1')).rejects.toMatchObject({ kind: 'storageSlow' });
  expect(await sentAfterRestart(disk)).toEqual([]);
});

test('a full journal refuses, nothing is saved, and the next one goes through', async () => {
  const disk = emptyDisk();
  let full = true;
  const { register } = await copyOn(disk, {
    journal: (real) => ({ ...real, append: async (entries) => (full ? Promise.reject(DISK_FULL) : real.append(entries)) }),
  });
  await expect(register('s1')).rejects.toMatchObject({ kind: 'diskFull' });
  full = false;
  await register('s2');
  expect(await sentAfterRestart(disk)).toEqual(['s2']);
});

test('once outbox and journal have it, it is saved, also when the copy cannot show it', async () => {
  const disk = emptyDisk();
  const { register, copy, defects } = await copyOn(disk, { cacheFails: true });
  await register('s1');
  expect(copy.waiting()).toHaveLength(1);
  expect(defects).toEqual([DISK_FULL]);
  expect(await sentAfterRestart(disk)).toEqual(['s1']);
  expect(disk.rows.has('subjects/s1')).toBe(true);
});

test('a step the copy took without being able to say so is seen before the next one', async () => {
  const disk = emptyDisk();
  const cache = memoryCache(disk);
  let silent = false;
  const apply: typeof cache.apply = async (changes) => {
    await cache.apply(changes);
    if (silent) throw new Fault('storageSlow', 'no event');
  };
  const stores = { cache: { ...cache, apply }, outbox: memoryOutbox(disk), journal: memoryJournal(disk) };
  const world = {
    clock: { now: () => 1000, sleep: async () => undefined },
    random: { uuid: () => '00000000-0000-4000-8000-000000000001', fraction: () => 0 },
    seal: (text: string) => text,
    defect: () => undefined,
  };
  const copy = await openLocalCopy(stores, world, WANG, () => undefined);
  await copy.mutate('subjects.register', subjectArgs('s1'));
  silent = true;
  await expect(copy.setActor({ ...WANG, streams: [] })).rejects.toMatchObject({ kind: 'storageSlow' });
  silent = false;
  await copy.setActor(WANG);
  expect(disk.rows.has('subjects/s1')).toBe(true);
});
