import { type FileHandle, open } from 'node:fs/promises';
import { Fault } from '#shared/errors.ts';

/** Opens, works and syncs; on a folder opened with `r`, its names are on disk afterwards. A full disk is the centre's trouble. */
export async function durably(path: string, flags: string, work: (file: FileHandle) => Promise<void>): Promise<void> {
  try {
    const file = await open(path, flags);
    try {
      await work(file);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isCode(error, 'ENOSPC')) throw new Fault('overloaded', 'the disk of the centre is full');
    throw error;
  }
}

export const syncFolder = (path: string): Promise<void> => durably(path, 'r', async () => undefined);

export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && codes.includes(String((error as NodeJS.ErrnoException).code));

/** What `work` answers, undefined when what it looks for is not there. */
export async function ifThere<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
