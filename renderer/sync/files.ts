import { Fault } from '#shared/errors.ts';
import type { Centre } from './centre.ts';
import type { OutboxStore } from './ports.ts';

/** Bytes by their hash on this workstation, and what the copy knows of them. */
export interface LocalFiles {
  get(sha256: string): Promise<Uint8Array | null>;
  /** District of the attachment that names these bytes; null while there is none. */
  districtOf(sha256: string): Promise<string | null>;
}

/**
 * Sends the files the centre has not confirmed. A file whose attachment the centre does not know yet waits for it;
 * one whose bytes are gone here cannot be sent and stays on the list.
 */
export async function sendFiles(centre: Centre, outbox: OutboxStore, local: LocalFiles, signal: AbortSignal): Promise<void> {
  for (const file of await outbox.files()) {
    if (signal.aborted) return;
    if (file.state === 'stored') continue;
    const district = await local.districtOf(file.sha256);
    const bytes = await local.get(file.sha256);
    if (bytes === null || district === null) continue;
    try {
      await centre.putFile(file.sha256, district, file.mime, bytes);
    } catch (error) {
      if (error instanceof Fault && error.kind === 'notFound') continue;
      throw error;
    }
    await outbox.putFile({ ...file, state: 'stored' });
  }
}
