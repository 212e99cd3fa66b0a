import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { ioFault, isMissing } from './io-fault.ts';

export interface NamedBytes {
  get(name: string): Promise<Uint8Array | null>;
  set(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A folder of small synced files that only this user may read, one per name. */
export function namedBytes(dataDir: string, folder: string): NamedBytes {
  // Windows allows no colon in a file name; the underscore occurs in no name, so two names never meet.
  const pathOf = (name: string): string => join(dataDir, folder, name.replaceAll(':', '_'));
  return {
    async get(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        if (isMissing(error)) return null;
        throw ioFault(error);
      }
    },
    set: (name, bytes) => writeDurably(dataDir, pathOf(name), bytes, true),
    async remove(name) {
      await rm(pathOf(name), { force: true }).catch((error: unknown) => {
        throw ioFault(error);
      });
    },
  };
}
