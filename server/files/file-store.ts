import { mkdir, open, rename, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HEAD_BYTES } from '#shared/domain/media-type.ts';
import { ifThere, syncFolder } from './durable.ts';
import { PartStore } from './part-store.ts';

/** Evidence by its hash: `ab/abcdef…`. A file that is there under its name is whole and on disk. */
export class FileStore {
  readonly #folder: string;
  /** What is not whole yet. */
  readonly parts: PartStore;

  constructor(folder: string) {
    this.#folder = folder;
    this.parts = new PartStore(join(folder, 'parts'));
  }

  path(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }

  /** Size in bytes, or undefined when the file is not here. */
  async size(sha256: string): Promise<number | undefined> {
    return (await ifThere(stat(this.path(sha256))))?.size;
  }

  open(sha256: string): Promise<FileHandle> {
    return open(this.path(sha256));
  }

  /** Takes over a synced file whose bytes have this hash; resolves once its name is on disk. The same file again is no change. */
  async take(path: string, sha256: string): Promise<void> {
    const place = this.path(sha256);
    await mkdir(dirname(place), { recursive: true });
    await rename(path, place);
    for (const folder of [dirname(place), this.#folder, dirname(this.#folder)]) await syncFolder(folder);
  }

  /** Forgets uploads nobody went on with; at the start and every night. */
  async sweep(now: number): Promise<void> {
    await this.parts.sweep(now);
  }
}

/** The first bytes of a file, by which its type is judged. */
export async function beginningOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
