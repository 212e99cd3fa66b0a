import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '#shared/host/contract.ts';
import type { HostConfig } from '../config.ts';
import { writeDurably } from './durable-file.ts';
import { ioFault, isMissing } from './io-fault.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which workstation this is. The id is drawn at the first start and kept; losing it would make this a new device to the centre. */
export function identity(dataDir: string, config: HostConfig): Host['app'] {
  let id: Promise<string> | undefined;
  return {
    async identity() {
      id ??= deviceId(dataDir);
      return { centreUrl: config.centreUrl, deviceId: await id, deviceName: config.deviceName };
    },
  };
}

async function deviceId(dataDir: string): Promise<string> {
  const path = join(dataDir, 'device-id');
  try {
    const kept = (await readFile(path, 'utf8')).trim();
    if (UUID.test(kept)) return kept;
  } catch (error) {
    if (!isMissing(error)) throw ioFault(error);
  }
  const drawn = randomUUID();
  await writeDurably(dataDir, path, Buffer.from(`${drawn}\n`));
  return drawn;
}
