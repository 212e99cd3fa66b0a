import { randomUUID } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Host } from '#shared/host/contract.ts';
import { syncFolder, writeSynced } from './durable-file.ts';
import { ioFault } from './io-fault.ts';

/** Writes a chosen file: wholly or not at all, replacing one that is there. */
export async function writeDocument(folder: string, fileName: string, bytes: Uint8Array): Promise<string> {
  const part = join(folder, `.${randomUUID()}.part`);
  const path = join(folder, fileName);
  try {
    await mkdir(folder, { recursive: true });
    await writeSynced(part, bytes, 0o644);
    await rename(part, path);
    await syncFolder(folder);
    return path;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw ioFault(error);
  }
}

/** Saves into one folder under the suggested name, or `name (2).xlsx` where that is taken: nothing is overwritten unasked. */
export const saveToFolder =
  (folder: string): Host['files']['save'] =>
  async ({ suggestedName, bytes }) =>
    writeDocument(folder, await freeName(folder, suggestedName), bytes);

async function freeName(folder: string, wanted: string): Promise<string> {
  const extension = extname(wanted);
  const stem = wanted.slice(0, wanted.length - extension.length);
  for (let copy = 1; ; copy += 1) {
    const name = copy === 1 ? wanted : `${stem} (${copy})${extension}`;
    const taken = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (!taken) return name;
  }
}
