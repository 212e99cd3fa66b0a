import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { durably, ifThere, syncFolder } from '../files/durable.ts';

/** The bytes of segments by their hash. */
export interface SegmentFiles {
  has(sha256: string): Promise<boolean>;
  /** Undefined when they are not here. */
  read(sha256: string): Promise<Uint8Array | undefined>;
  /** Resolves once bytes and name are on disk; the same again is no change. */
  put(sha256: string, bytes: Uint8Array): Promise<void>;
  /** Clears away everything else. */
  keepOnly(wanted: ReadonlySet<string>): Promise<void>;
}

/** In a folder, which several servers of one database share. */
export const segmentFolder = (folder: string): SegmentFiles => ({
  has: async (sha256) => (await ifThere(stat(join(folder, sha256)))) !== undefined,
  read: (sha256) => ifThere(readFile(join(folder, sha256))),
  async put(sha256, bytes) {
    const half = join(folder, `${randomUUID()}.part`);
    await mkdir(folder, { recursive: true });
    await durably(half, 'wx', (file) => file.writeFile(bytes));
    await rename(half, join(folder, sha256));
    await syncFolder(folder);
  },
  async keepOnly(wanted) {
    const there = (await ifThere(readdir(folder))) ?? [];
    for (const name of there.filter((one) => !wanted.has(one))) await rm(join(folder, name), { force: true });
  },
});
