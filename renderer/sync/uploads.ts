/** A file on its way up, as the centre and this workstation word it (shared/protocol/uploads.ts). */
import { Fault } from '#shared/errors.ts';
import { PART_TYPE, TUS_VERSION, UPLOAD_HEADERS as H } from '#shared/protocol/uploads.ts';
import { toBase64 } from '../store/seal.ts';
import type { Centre } from './centre.ts';
import type { WireAnswer } from './ports.ts';

export interface Address {
  readonly sha256: string;
  readonly district: string;
}

/** `stored`: the centre has the whole and computed the hash by which it was asked. */
export interface Standing {
  readonly offset: number;
  readonly stored: boolean;
}

const pathOf = ({ district, sha256 }: Address): string => `/sync/v1/uploads/${district}/${sha256}`;

const base64 = (text: string): string => toBase64(new TextEncoder().encode(text));

/** Begins, or goes on with what was begun. */
export async function begin(centre: Pick<Centre, 'upload'>, file: Address, length: number): Promise<Standing> {
  const metadata = `sha256 ${base64(file.sha256)},district ${base64(file.district)}`;
  const headers = { [H.version]: TUS_VERSION, [H.length]: String(length), [H.metadata]: metadata };
  return standingIn(await centre.upload({ method: 'POST', path: '/sync/v1/uploads', headers }), file, length);
}

/** Where the file stands at the centre; refused with `uploadGone` where nothing was begun. */
export async function standing(centre: Pick<Centre, 'upload'>, file: Address, length: number): Promise<Standing> {
  const headers = { [H.version]: TUS_VERSION };
  return standingIn(await centre.upload({ method: 'HEAD', path: pathOf(file), headers }), file, length);
}

/** Sends one part; an empty one at the end asks for the decision. */
export async function sendPart(
  centre: Pick<Centre, 'upload'>,
  file: Address,
  length: number,
  offset: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Standing> {
  const checksum = `sha256 ${toBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))}`;
  const headers = {
    [H.version]: TUS_VERSION,
    [H.offset]: String(offset),
    [H.checksum]: checksum,
    'content-type': PART_TYPE,
  };
  const stands = standingIn(await centre.upload({ method: 'PATCH', path: pathOf(file), headers, bytes }), file, length);
  if (stands.offset !== offset + bytes.length)
    throw new Fault('notOurServer', 'the part was not taken as it was sent', { offset: stands.offset });
  return stands;
}

function standingIn({ headers = {}, status }: WireAnswer, { sha256 }: Address, length: number): Standing {
  const offset = Number(headers[H.offset]);
  const stored = headers[H.stored];
  if (!(Number.isInteger(offset) && offset >= 0 && offset <= length) || (stored !== undefined && stored !== sha256))
    throw new Fault('notOurServer', 'the answer is none about this file', { status });
  return { offset, stored: stored !== undefined };
}
