import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ioFault } from './io-fault.ts';

/**
 * Files that are either wholly there or not at all, also after a power cut:
 * written beside the data in `tmp`, synced, renamed, and the folder synced.
 * What a killed process leaves in `tmp` is swept at the next start.
 */
const tempFolder = (dataDir: string): string => join(dataDir, 'tmp');

export async function sweepTemp(dataDir: string): Promise<void> {
  await rm(tempFolder(dataDir), { recursive: true, force: true });
}

/** `ownerOnly`: nobody but this user of the computer may read it. */
export async function writeDurably(dataDir: string, path: string, bytes: Uint8Array, ownerOnly = false): Promise<void> {
  const temp = join(tempFolder(dataDir), randomUUID());
  try {
    await makeFolder(dirname(temp));
    await makeFolder(dirname(path));
    await writeSynced(temp, bytes, ownerOnly ? 0o600 : 0o644);
    await rename(temp, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(temp, { force: true }).catch(() => undefined); // the sweep at the next start finds it
    throw ioFault(error);
  }
}

/** Makes a folder of this user's own, and its name survive a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made !== dirname(first); made = dirname(made)) await syncFolder(dirname(made));
}

/** A new file with these bytes, synced; refuses to touch one that exists. */
export async function writeSynced(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a new name in a folder survive a power cut; Windows keeps names in its own journal and refuses this. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
