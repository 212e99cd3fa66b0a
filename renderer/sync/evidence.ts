/**
 * Photographs and other files on this workstation: sealed under the officer's key before they reach the disk, known by the hash
 * of what they are, found by the hash of what lies there. Another officer's session finds and opens none of them.
 */
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { MAX_BLOB_BYTES } from '#shared/host/contract.ts';
import { type BytesSeal, SEAL_BYTES } from '../store/bytes-seal.ts';
import { sha256Of } from '../store/hex.ts';
import { fileEntryOf } from './journal-entry.ts';
import type { FileList } from './file-list.ts';
import type { Clock, FileRow, Journal } from './ports.ts';

export interface Evidence {
  /** Keeps the bytes, durably and in the list of what is to be sent. */
  add(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<{ readonly sha256: string; readonly sizeBytes: number }>;
  /** Bytes that came from the centre, for the next time. */
  remember(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<void>;
  /** From this workstation; null when they are not here or no longer whole. */
  find(sha256: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

interface Places {
  readonly files: Pick<Host['files'], 'putBlob' | 'getBlob'>;
  readonly outbox: FileList;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly seal: BytesSeal;
  /** Turns one line of the journal into something only this officer can read. */
  readonly sealLine: (text: string) => string;
}

export function evidence({ files, outbox, journal, clock, seal, sealLine }: Places): Evidence {
  /** The row under which the bytes lie here whole. */
  async function lying(sha256: string): Promise<{ readonly row: FileRow; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
    for (const row of (await outbox.files()).filter((one) => one.sha256 === sha256)) {
      const sealed = await files.getBlob({ sha256: row.blob });
      const bytes = sealed && (await seal.open(sealed.slice()));
      if (bytes && (await sha256Of(bytes)) === sha256) return { row, bytes };
    }
    return null;
  }

  async function keep(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<FileRow> {
    if (bytes.length === 0 || bytes.length > MAX_BLOB_BYTES - SEAL_BYTES)
      throw new Fault('bodyTooLarge', 'a file of this size is not kept', { limit: MAX_BLOB_BYTES - SEAL_BYTES });
    const sha256 = await sha256Of(bytes);
    const here = await lying(sha256);
    const blob = here?.row.blob ?? (await files.putBlob({ bytes: await seal.seal(bytes) })).sha256;
    return { sha256, blob, mime, sizeBytes: bytes.length, state: 'waiting', addedAt: clock.now() };
  }

  return {
    async add(bytes, mime) {
      const row = await keep(bytes, mime);
      await journal.append([sealLine(fileEntryOf(row))]);
      await outbox.putFile(row);
      return { sha256: row.sha256, sizeBytes: row.sizeBytes };
    },
    async remember(bytes, mime) {
      const row = await keep(bytes, mime);
      if (!(await outbox.files()).some(({ blob }) => blob === row.blob)) await outbox.putFile({ ...row, state: 'stored' });
    },
    find: async (sha256) => (await lying(sha256))?.bytes ?? null,
  };
}
