/**
 * Takes files in parts. The centre computes the hash of the whole itself, looks at what the bytes are, and says `stored` only when
 * bytes and name are on disk; then it says so in the district's stream, too.
 * What an officer of one workstation begins only that officer there goes on with: nobody can spoil another's upload.
 */
import { createHash, hash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { fitsMediaType } from '#shared/domain/media-type.ts';
import { Fault } from '#shared/errors.ts';
import { LIMITS } from '#shared/protocol/messages.ts';
import type { Session } from '../sync/centre.ts';
import { applyAsSystem } from '../sync/machine.ts';
import { type Announced, announced, type Evidence } from './evidence.ts';
import { beginningOf } from './file-store.ts';

export interface Standing {
  readonly offset: number;
  readonly length: number;
  /** The hash the centre computed, once it has the whole. */
  readonly stored: string | null;
  /** When an unfinished upload is forgotten, ms. */
  readonly expiresAt: number | null;
}

export interface Part {
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly checksum: { readonly algorithm: string; readonly sum: string } | null;
}

/** Begins, or goes on with what was begun; a file that is here already needs no bytes. */
export async function begin(evidence: Evidence, session: Session, asked: unknown, length: number): Promise<Standing> {
  const file = await announced(evidence, session, asked);
  if (length > LIMITS.fileBytes) throw new Fault('bodyTooLarge', 'the file is too large', { limit: LIMITS.fileBytes });
  const fits = file.namings.some(({ sizeBytes }) =>
    sizeBytes === null ? length <= LIMITS.thumbnailBytes : sizeBytes === length,
  );
  if (!fits) throw flaw('upload-length', 'another length than was announced');
  const here = await whole(evidence, file);
  if (here) return here;
  const begun = await evidence.files.parts.begin(keyOf(session, file), length, evidence.centre.now());
  if (begun.length !== length) throw flaw('upload-length', 'another length than when it was begun');
  return { ...begun, stored: null };
}

export async function standing(evidence: Evidence, session: Session, asked: unknown): Promise<Standing> {
  return standingOf(evidence, session, await announced(evidence, session, asked));
}

/** Takes one part. Refused, it changes nothing. The last one decides; an empty one at the end asks for the decision again. */
export async function append(evidence: Evidence, session: Session, asked: unknown, part: Part): Promise<Standing> {
  const file = await announced(evidence, session, asked);
  const before = await standingOf(evidence, session, file);
  const { offset, length, stored } = before;
  if (stored !== null || part.offset !== offset) throw new Fault('uploadMoved', 'the file stands elsewhere', { offset });
  if (offset + part.bytes.length > length) throw new Fault('bodyTooLarge', 'more than was announced', { limit: length });
  if (part.checksum && hash(part.checksum.algorithm, part.bytes, 'base64') !== part.checksum.sum)
    throw new Fault('partDamaged', 'the sum of the part does not fit', { offset });
  if (part.bytes.length > 0) await evidence.files.parts.append(keyOf(session, file), offset, part.bytes);
  if (offset + part.bytes.length === length) return finish(evidence, session, file);
  return standingOf(evidence, session, file);
}

/** Gives up what was begun; a stored file stays. */
export async function giveUp(evidence: Evidence, session: Session, asked: unknown): Promise<void> {
  await evidence.files.parts.drop(keyOf(session, await announced(evidence, session, asked)));
}

async function standingOf(evidence: Evidence, session: Session, file: Announced): Promise<Standing> {
  const here = await whole(evidence, file);
  if (here) return here;
  const begun = await evidence.files.parts.standing(keyOf(session, file), evidence.centre.now());
  if (!begun) throw new Fault('uploadGone', 'no such upload');
  return { ...begun, stored: null };
}

/** All parts are here: proven by the hash and looked at, the file takes its place; else it goes, and the upload with it. */
async function finish(evidence: Evidence, session: Session, file: Announced): Promise<Standing> {
  const { parts } = evidence.files;
  const { path, sha256 } = await parts.join(keyOf(session, file));
  try {
    if (sha256 !== file.sha256) throw flaw('sha256', 'the bytes have another hash');
    fitting(file, await beginningOf(path));
    await evidence.files.take(path, sha256);
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof Fault && !error.retryable) await parts.drop(keyOf(session, file));
    throw error;
  }
  await parts.drop(keyOf(session, file));
  return (await whole(evidence, file)) ?? lost();
}

/** The file when it is here, said in the stream wherever it was not; undefined when it is not. */
async function whole(evidence: Evidence, file: Announced): Promise<Standing | undefined> {
  const { centre, files } = evidence;
  const size = await files.size(file.sha256);
  if (size === undefined) return undefined;
  const confirm = fitting(file, await beginningOf(files.path(file.sha256)))
    .filter(({ sizeBytes, state }) => sizeBytes === size && state !== 'stored')
    .map(({ id }) => ({ name: 'attachments.confirmStored', args: { id }, at: centre.now() }));
  await applyAsSystem(centre, file.district, confirm);
  return { offset: size, length: size, stored: file.sha256, expiresAt: null };
}

/** Attachments whose type the bytes have; with none the bytes are refused. */
function fitting({ namings }: Announced, beginning: Uint8Array): Announced['namings'] {
  const fit = namings.filter(({ mime }) => fitsMediaType(mime, beginning));
  if (fit.length === 0) throw new Fault('wrongContent', 'not what its type says', { types: namings.map(({ mime }) => mime) });
  return fit;
}

const keyOf = ({ officerId, device }: Session, { district, sha256 }: Announced): string =>
  createHash('sha256')
    .update(JSON.stringify([officerId, device, district, sha256]))
    .digest('hex')
    .slice(0, 40);

const flaw = (field: string, what: string): Fault => new Fault('badArgs', what, { flaws: [{ field, flaw: what }] });

function lost(): never {
  throw new Error('a file that was just stored is not there');
}
