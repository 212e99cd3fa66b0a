import { hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { districtStream } from '#shared/schema/stream.ts';
import type { Database } from '../store/pg/pool.ts';
import { mustBeGranted } from '../sync/pull.ts';
import type { Centre, Session } from '../sync/centre.ts';
import { applyAsSystem } from '../sync/machine.ts';
import type { FileStore } from './file-store.ts';

export interface Evidence {
  readonly centre: Centre;
  readonly database: Database;
  readonly files: FileStore;
}

const address = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), district: z.string().regex(/^\d{6}$/) });

interface Attachment {
  readonly id: string;
  readonly state: string;
}

/**
 * Takes the bytes of an attachment that was announced. The centre computes the hash itself, and says `stored` only when
 * bytes and name are on disk; the same file again is no change.
 */
export async function putFile(
  evidence: Evidence,
  session: Session,
  asked: unknown,
  bytes: Uint8Array,
): Promise<{ readonly sha256: string; readonly sizeBytes: number; readonly epoch: string }> {
  const { sha256, district, attachments } = await find(evidence, session, asked);
  if (hash('sha256', bytes, 'hex') !== sha256)
    throw new Fault('badArgs', 'the bytes have another hash', { flaws: [{ field: 'sha256', flaw: 'does not match' }] });
  await evidence.files.put(sha256, bytes);
  const { centre } = evidence;
  const confirm = attachments
    .filter(({ state }) => state !== 'stored')
    .map(({ id }) => ({ name: 'attachments.confirmStored', args: { id }, at: centre.now() }));
  await applyAsSystem(centre, district, confirm);
  return { sha256, sizeBytes: bytes.length, epoch: centre.store.epoch };
}

/** The bytes of an attachment in a district the officer may read; absent and foreign are refused alike. */
export async function getFile(
  evidence: Evidence,
  session: Session,
  asked: unknown,
): Promise<{ readonly file: FileHandle; readonly sizeBytes: number }> {
  const { sha256 } = await find(evidence, session, asked);
  const sizeBytes = await evidence.files.size(sha256);
  if (sizeBytes === undefined) throw notFound();
  return { file: await evidence.files.open(sha256), sizeBytes };
}

const notFound = (): Fault => new Fault('notFound', 'no such file');

/** Throws `notFound` unless an attachment in a granted district names these bytes. */
async function find({ centre, database }: Evidence, session: Session, asked: unknown) {
  const read = address.safeParse(asked);
  if (!read.success) throw notFound();
  const { sha256, district } = read.data;
  const granted = centre.store.read((snapshot) => mustBeGranted(snapshot, session, districtStream(district), centre.now()));
  await granted.catch((error: unknown) => {
    throw error instanceof Fault ? notFound() : error;
  });
  const { rows } = await database.sql.query(`select id, state from attachments where "districtId" = $1 and sha256 = $2`, [
    district,
    sha256,
  ]);
  if (rows.length === 0) throw notFound();
  return { sha256, district, attachments: rows as readonly Attachment[] };
}
