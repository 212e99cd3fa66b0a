import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { emptyDisk, memoryJournal } from '../../tests/support/memory-client.ts';
import { outboxDatabase } from './databases.ts';
import { openDrafts } from './drafts.ts';
import { sealWith, toBase64 } from './seal.ts';

/** One workstation: a database that can be lost, and a lane of the journal that stays. */
function workstation() {
  const disk = emptyDisk();
  const seal = sealWith(crypto.getRandomValues(new Uint8Array(32)));
  const journal = memoryJournal(disk);
  let db = outboxDatabase(crypto.randomUUID());
  return {
    seal,
    journal,
    drafts: () => openDrafts(db, seal, journal),
    lines: () => disk.journal.map(({ text }) => text),
    closeDatabase: () => db.close(),
    loseDatabase: async (): Promise<void> => {
      await db.delete();
      db = outboxDatabase(crypto.randomUUID());
    },
  };
}

test('a draft is found again by the program started next', async () => {
  const { drafts } = workstation();
  await (await drafts()).save('note/1', '后厨有积水');
  expect(await (await drafts()).read('note/1')).toMatchObject({ value: '后厨有积水' });
});

test('a draft survives the loss of the database, in its last wording', async () => {
  const { drafts, loseDatabase } = workstation();
  const first = await drafts();
  await first.save('note/1', '后厨');
  await first.save('note/1', '后厨有积水');
  await first.save('problem/1', { clause: '第五十四条' });
  await loseDatabase();
  const next = await drafts();
  expect(await next.read('note/1')).toMatchObject({ value: '后厨有积水' });
  expect(await next.read('problem/1')).toMatchObject({ value: { clause: '第五十四条' } });
});

test('a draft that was sent or dropped does not come back, with or without the database', async () => {
  const { drafts, loseDatabase } = workstation();
  const first = await drafts();
  await first.save('note/1', '后厨有积水');
  await first.drop('note/1');
  expect(await (await drafts()).read('note/1')).toBeNull();
  await loseDatabase();
  expect(await (await drafts()).read('note/1')).toBeNull();
});

test('a draft whose drop the journal heard and the database did not is dropped at the next start', async () => {
  const { drafts, seal, journal } = workstation();
  await (await drafts()).save('note/1', '后厨有积水');
  const dropped = { key: 'note/1', at: Date.now() + 1, dropped: true };
  await journal.append([toBase64(seal.seal(JSON.stringify(dropped)))]);
  expect(await (await drafts()).read('note/1')).toBeNull();
});

test('what the lane holds is sealed', async () => {
  const { drafts, lines } = workstation();
  await (await drafts()).save('note/1', '后厨有积水');
  expect(lines().join()).not.toContain(Buffer.from('后厨有积水').toString('base64').slice(0, 16));
  expect(lines().join()).not.toContain('note');
});

test('the lane is rewritten with the living drafts once it has more than 64 lines', async () => {
  const { drafts, lines, loseDatabase } = workstation();
  const first = await drafts();
  await first.save('note/old', '先写的一段');
  for (let n = 1; n <= 63; n++) await first.save('note/1', `第${n}稿`);
  expect(lines()).toHaveLength(64);
  await first.save('note/1', '定稿');
  expect(lines()).toHaveLength(2);
  await loseDatabase();
  const next = await drafts();
  expect(await next.read('note/old')).toMatchObject({ value: '先写的一段' });
  expect(await next.read('note/1')).toMatchObject({ value: '定稿' });
});

test('lines that this key does not open are kept through every rewriting', async () => {
  const { drafts, lines, journal } = workstation();
  const foreign = toBase64(sealWith(crypto.getRandomValues(new Uint8Array(32))).seal('{}'));
  await journal.append([foreign]);
  const first = await drafts();
  for (let n = 1; n <= 140; n++) await first.save('note/1', `第${n}稿`);
  expect(lines()).toContain(foreign);
});

test('strokes that come at once are kept in their order', async () => {
  const { drafts, loseDatabase } = workstation();
  const first = await drafts();
  await Promise.all(Array.from({ length: 80 }, (_, n) => first.save('note/1', `第${n}稿`)));
  await loseDatabase();
  expect(await (await drafts()).read('note/1')).toMatchObject({ value: '第79稿' });
});

test('a field can be opened while the database is closed, and what could not be kept is not called kept', async () => {
  const { drafts, closeDatabase } = workstation();
  const first = await drafts();
  await first.save('note/1', '后厨有积水');
  closeDatabase();
  await expect(first.save('note/1', '后厨有积水，已清理')).rejects.toMatchObject({ kind: 'storageBroken' });
  expect(await first.read('note/1')).toMatchObject({ value: '后厨有积水' });
  expect(await first.read('problem/1')).toBeNull();
});
