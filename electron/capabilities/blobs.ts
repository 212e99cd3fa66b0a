import { createHash } from 'node:crypto';
import { access, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '#shared/host/contract.ts';
import { writeDurably } from './durable-file.ts';
import { ioFault, isMissing } from './io-fault.ts';

type Blobs = Pick<Host['files'], 'putBlob' | 'getBlob' | 'hasBlob'>;

/**
 * Evidence and other content kept by its hash: `files/<first two digits>/<sha256>`.
 * Content whose hash no longer fits is set aside as `<sha256>.damaged`, never handed out and never deleted.
 */
export function blobs(dataDir: string): Blobs {
  const pathOf = (sha256: string): string => join(dataDir, 'files', sha256.slice(0, 2), sha256);

  const getBlob: Blobs['getBlob'] = async ({ sha256 }) => {
    const path = pathOf(sha256);
    const bytes = await readIfThere(path);
    if (bytes === null || hashOf(bytes) === sha256) return bytes;
    await rename(path, `${path}.damaged`).catch((error: unknown) => {
      throw ioFault(error);
    });
    return null;
  };

  return {
    getBlob,
    async putBlob({ bytes }) {
      const sha256 = hashOf(bytes);
      if ((await getBlob({ sha256 })) === null) await writeDurably(dataDir, pathOf(sha256), bytes, true);
      return { sha256, sizeBytes: bytes.byteLength };
    },
    async hasBlob({ sha256 }) {
      return access(pathOf(sha256)).then(
        () => true,
        () => false,
      );
    },
  };
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (isMissing(error)) return null;
    throw ioFault(error);
  }
}
