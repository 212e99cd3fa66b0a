import { expect, test } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { roomOf } from './room.ts';

const MIB = 1024 * 1024;

async function onDisk(freeMiB: number) {
  const disk = { freeMiB };
  const files = { freeSpace: async () => ({ freeBytes: disk.freeMiB * MIB, totalBytes: 1000 * MIB }) };
  // Of the host's files, room is all that is asked for here.
  return { disk, room: await roomOf({ files } as unknown as Parameters<typeof roomOf>[0], () => undefined) };
}

test('a disk that was cleared since it was last measured refuses nothing', async () => {
  const { disk, room } = await onDisk(10);
  await expect(room.must(['critical'])).rejects.toMatchObject({ kind: 'diskFull' });
  disk.freeMiB = 300;
  await room.must(['critical', 'tight']);
  expect(room.now().pressure).toBe('low');
});

test('what a store says when it fails on a full disk is told as the full disk, on any other as it is', async () => {
  const closed = new Fault('storageBroken', 'the local database was closed');
  const { disk, room } = await onDisk(300);
  await expect(room.tellWhy(closed)).rejects.toBe(closed);
  disk.freeMiB = 0;
  await expect(room.tellWhy(closed)).rejects.toMatchObject({ kind: 'diskFull', detail: { freeBytes: 0 } });
  const refused = new Fault('stateMoved', 'done already');
  await expect(room.tellWhy(refused)).rejects.toBe(refused);
});
