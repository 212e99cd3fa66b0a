import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
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
    await mkdir(dirname(path), { recursive: true });
    const part = join(dirname(path), `.${randomUUID()}.part`);
    await durably(part, 'wx', async (file) => {
      await file.writeFile(bytes);
    });
    await rename(part, path);
    await durably(dirname(path), 'r', async () => undefined);
    await durably(this.#folder, 'r', async () => undefined);
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
