import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Evidence by its hash: `ab/abcdef…`. A file that is there under its name is whole and on disk. */
export class FileStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(sha256: string): string {
    return join(this.#folder, sha256.slice(0, 2), sha256);
  }

  /** Size in bytes, or undefined when the file is not here. */
  async size(sha256: string): Promise<number | undefined> {
    try {
      return (await stat(this.path(sha256))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  open(sha256: string): Promise<FileHandle> {
    return open(this.path(sha256));
  }

  /** Resolves once the bytes and their name are on disk; the same file again is no change. */
  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    if ((await this.size(sha256)) !== undefined) return;
    const path = this.path(sha256);
    const part = join(this.#parts, randomUUID());
    await mkdir(this.#parts, { recursive: true });
    await mkdir(dirname(path), { recursive: true });
    await durably(part, 'wx', (file) => file.writeFile(bytes));
    await rename(part, path);
    for (const folder of [dirname(path), this.#folder, dirname(this.#folder)]) await durably(folder, 'r', async () => undefined);
  }

  /** Clears away what a killed centre had begun to write. */
  async sweep(): Promise<void> {
    await rm(this.#parts, { recursive: true, force: true });
  }

  get #parts(): string {
    return join(this.#folder, 'parts');
  }
}

async function durably(path: string, flags: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}
