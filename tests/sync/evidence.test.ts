import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { bytesSealWith } from '../../renderer/store/bytes-seal.ts';
import { evidence } from '../../renderer/sync/evidence.ts';
import { recoverOutbox } from '../../renderer/sync/recover.ts';
import { type ClientDisk, emptiedDatabases, emptyDisk, memoryJournal, memoryOutbox } from '../support/memory-client.ts';

/** The host's folder of contents, by the hash the host computes. */
function blobs() {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    files: {
      putBlob: async ({ bytes }: { readonly bytes: Uint8Array }) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        kept.set(sha256, bytes);
        return { sha256, sizeBytes: bytes.length };
      },
      getBlob: async ({ sha256 }: { readonly sha256: string }) => kept.get(sha256) ?? null,
    },
  };
}

const PHOTO = new Uint8Array(Buffer.from('一张照片的内容'));
const clock = { now: () => 1000, sleep: async () => undefined };

const deskOn = (disk: ClientDisk, folder: ReturnType<typeof blobs>, key: Uint8Array) =>
  evidence({
    files: folder.files,
    outbox: memoryOutbox(disk),
    journal: memoryJournal(disk),
    clock,
    seal: bytesSealWith(key),
    sealLine: (text) => text,
  });

test('a photograph lies sealed, is known by its own hash and comes back whole', async () => {
  const [disk, folder] = [emptyDisk(), blobs()];
  const mine = deskOn(disk, folder, randomBytes(32));
  const { sha256 } = await mine.add(PHOTO, 'image/jpeg');
  expect(sha256).toBe(createHash('sha256').update(PHOTO).digest('hex'));
  const [lying] = folder.kept.values();
  expect(Buffer.from(lying ?? []).includes(Buffer.from(PHOTO))).toBe(false);
  expect(await mine.find(sha256)).toEqual(PHOTO);
});

test('another officer at the same computer finds nothing under the hash', async () => {
  const folder = blobs();
  const { sha256 } = await deskOn(emptyDisk(), folder, randomBytes(32)).add(PHOTO, 'image/jpeg');
  expect(await deskOn(emptyDisk(), folder, randomBytes(32)).find(sha256)).toBeNull();
});

test('when the databases vanish, the list of what is to be sent comes back from the journal', async () => {
  const [folder, key, disk] = [blobs(), randomBytes(32), emptyDisk()];
  const { sha256 } = await deskOn(disk, folder, key).add(PHOTO, 'image/jpeg');
  const after = emptiedDatabases(disk);
  await recoverOutbox(memoryOutbox(after), memoryJournal(after), (text) => text);
  expect([...after.files.values()]).toMatchObject([{ sha256, state: 'waiting' }]);
  expect(await deskOn(after, folder, key).find(sha256)).toEqual(PHOTO);
});

test('nothing and too much are refused', async () => {
  const mine = deskOn(emptyDisk(), blobs(), randomBytes(32));
  for (const size of [0, 15 * 1024 * 1024])
    await expect(mine.add(new Uint8Array(size), 'image/jpeg')).rejects.toMatchObject({ kind: 'bodyTooLarge' });
});
