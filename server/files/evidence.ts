import type { FileHandle } from 'node:fs/promises';
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { districtStream } from '#shared/schema/stream.ts';
import type { Database } from '../store/pg/pool.ts';
import { mustBeGranted } from '../sync/pull.ts';
import type { Centre, Session } from '../sync/centre.ts';
import type { FileStore } from './file-store.ts';

export interface Evidence {
  readonly centre: Centre;
  readonly database: Database;
  readonly files: FileStore;
}

const address = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), district: z.string().regex(/^\d{6}$/) });

/** An attachment that names the bytes, as its original or as its thumbnail. */
export interface Naming {
  readonly id: string;
  readonly state: string;
  /** What the bytes are said to be. */
  readonly mime: string;
  /** Of the original; null for a thumbnail. */
  readonly sizeBytes: number | null;
}

export interface Announced {
  readonly sha256: string;
  readonly district: string;
  readonly namings: readonly Naming[];
}

/** Throws `notFound`, for what is absent and what is foreign alike, unless an attachment in a granted district names these bytes. */
export async function announced({ centre, database }: Evidence, session: Session, asked: unknown): Promise<Announced> {
  const read = address.safeParse(asked);
  if (!read.success) throw notFound();
  const { sha256, district } = read.data;
  const granted = centre.store.read(
    (snapshot) => mustBeGranted(snapshot, session, districtStream(district), centre.now()),
    session.districtId,
  );
  await granted.catch((error: unknown) => {
    throw error instanceof Fault ? notFound() : error;
  });
  const { rows } = await database.sql.query(
    `select id, state, mime, "sizeBytes"::float8 as "sizeBytes" from attachments where "districtId" = $1 and sha256 = $2
     union all
     select id, state, 'image/jpeg', null from attachments where "districtId" = $1 and "thumbSha256" = $2`,
    [district, sha256],
  );
  if (rows.length === 0) throw notFound();
  return { sha256, district, namings: rows as readonly Naming[] };
}

/** The bytes of an attachment in a district the officer may read. */
export async function getFile(
  evidence: Evidence,
  session: Session,
  asked: unknown,
): Promise<{ readonly file: FileHandle; readonly sizeBytes: number }> {
  const { sha256 } = await announced(evidence, session, asked);
  const sizeBytes = await evidence.files.size(sha256);
  if (sizeBytes === undefined) throw notFound();
  return { file: await evidence.files.open(sha256), sizeBytes };
}

const notFound = (): Fault => new Fault('notFound', 'no such file');
