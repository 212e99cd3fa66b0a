/**
 * What lets an officer work on this PC without the centre: a random data key, wrapped by a key that only the password makes.
 *
 * 1. Nothing of the officer's can be read here without the password; the operating system's keystore is a second wall.
 * 2. Five wrong passwords lock for 15 minutes, ten until the next sign-in at the centre. The count stands in a file of its own;
 *    when that file is gone, only the centre can open the vault again.
 * 3. A clock set back behind the last time the vault saw opens nothing, or an expired lease would live on.
 */
import { argon2id } from 'hash-wasm';
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { fromBase64, type Seal, sealWith, toBase64 } from '../store/seal.ts';
import type { LeaseKey } from './lease.ts';

const LOCK_AFTER = 5;
const ONLINE_ONLY_AFTER = 10;
const LOCK_MS = 15 * 60_000;
const CLOCK_SLACK_MS = 5 * 60_000;
const KEY_BYTES = 32;

const record = z.object({
  officerId: z.string(),
  salt: z.string(),
  wrappedKey: z.string(),
  /** Sealed under the data key: token of the session and the last lease. */
  sealed: z.string(),
  leaseKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
  seenAt: z.int(),
});
const inside = z.object({ token: z.string(), lease: z.string() });
const tries = z.object({ failures: z.int().min(0), lockedUntil: z.int().min(0) });

export interface Opened {
  readonly officerId: string;
  readonly dataKey: Uint8Array;
  readonly seal: Seal;
  readonly token: string;
  readonly lease: string;
  readonly leaseKey: LeaseKey;
}

type Places = Pick<Host, 'secrets' | 'marker'>;

/** Argon2id, 64 MiB, three passes: half a second on an office PC for us, for each guess of a thief too. */
const keyFrom = (password: string, salt: Uint8Array): Promise<Uint8Array> =>
  argon2id({ password, salt, memorySize: 64 * 1024, iterations: 3, parallelism: 1, hashLength: KEY_BYTES, outputType: 'binary' });

async function nameOf(account: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(account));
  return Array.from(new Uint8Array(hash).subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps what a sign-in at the centre brought. The data key of an earlier sign-in with this password is kept. */
export async function keep(
  places: Places,
  account: string,
  password: string,
  now: number,
  fresh: Omit<Opened, 'dataKey' | 'seal'>,
): Promise<Opened> {
  const name = await nameOf(account);
  const before = await load(places, name);
  if (before !== null && before.leaseKey.x !== fresh.leaseKey.x)
    throw new Fault('notOurServer', 'the centre signs with another key than the one this workstation knows');
  const known = before === null ? null : await unwrap(before, password);
  if (before !== null && known === null)
    throw new Fault('offlineUnknown', 'local data is sealed under an earlier password', { reason: 'passwordChanged' });
  const dataKey = known ?? crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const salt = before === null ? crypto.getRandomValues(new Uint8Array(16)) : fromBase64(before.salt);
  const wrappedKey = before?.wrappedKey ?? toBase64(sealWith(await keyFrom(password, salt)).seal(toBase64(dataKey)));
  await places.secrets.set({
    name: `vault:${name}`,
    text: JSON.stringify(recordOf(fresh, { salt: toBase64(salt), wrappedKey, dataKey, now })),
  });
  await setTries(places, name, { failures: 0, lockedUntil: 0 });
  return { ...fresh, dataKey, seal: sealWith(dataKey) };
}

/** Notes a newer lease or a later time, while the vault is open. */
export async function renew(places: Places, account: string, now: number, opened: Opened): Promise<void> {
  const name = await nameOf(account);
  const before = await load(places, name);
  if (before === null) return;
  const seenAt = Math.max(before.seenAt, now);
  const next = recordOf(opened, { salt: before.salt, wrappedKey: before.wrappedKey, dataKey: opened.dataKey, now: seenAt });
  await places.secrets.set({ name: `vault:${name}`, text: JSON.stringify(next) });
}

/** Opens the vault with the password alone. */
export async function open(places: Places, account: string, password: string, now: number): Promise<Opened> {
  const name = await nameOf(account);
  const kept = await load(places, name);
  const counted = await getTries(places, name);
  if (kept === null || counted === null) throw new Fault('offlineUnknown', 'never signed in here at the centre');
  if (counted.failures >= ONLINE_ONLY_AFTER) throw new Fault('offlineLocked', 'too many wrong passwords', { onlineOnly: true });
  if (counted.lockedUntil > now) throw new Fault('offlineLocked', 'too many wrong passwords', { until: counted.lockedUntil });
  const dataKey = await unwrap(kept, password);
  if (dataKey === null) throw await missed(places, name, counted.failures + 1, now);
  if (now < kept.seenAt - CLOCK_SLACK_MS) throw new Fault('clockTurnedBack', 'the clock is behind', { seenAt: kept.seenAt });
  await setTries(places, name, { failures: 0, lockedUntil: 0 });
  const seal = sealWith(dataKey);
  const { token, lease } = inside.parse(JSON.parse(seal.open(fromBase64(kept.sealed))));
  return { officerId: kept.officerId, dataKey, seal, token, lease, leaseKey: kept.leaseKey };
}

async function missed(places: Places, name: string, failures: number, now: number): Promise<Fault> {
  await setTries(places, name, { failures, lockedUntil: failures % LOCK_AFTER === 0 ? now + LOCK_MS : 0 });
  const left = LOCK_AFTER - (failures % LOCK_AFTER || LOCK_AFTER);
  return new Fault('offlinePasswordWrong', 'the password does not open the vault', { left });
}

async function unwrap(kept: z.infer<typeof record>, password: string): Promise<Uint8Array | null> {
  const key = await keyFrom(password, fromBase64(kept.salt));
  try {
    return fromBase64(sealWith(key).open(fromBase64(kept.wrappedKey)));
  } catch {
    return null; // the tag does not fit: another password
  }
}

interface Wrapped {
  readonly salt: string;
  readonly wrappedKey: string;
  readonly dataKey: Uint8Array;
  readonly now: number;
}

const recordOf = (
  { officerId, token, lease, leaseKey }: Omit<Opened, 'dataKey' | 'seal'>,
  { salt, wrappedKey, dataKey, now }: Wrapped,
): z.infer<typeof record> => ({
  officerId,
  salt,
  wrappedKey,
  sealed: toBase64(sealWith(dataKey).seal(JSON.stringify({ token, lease }))),
  leaseKey,
  seenAt: now,
});

async function load(places: Places, name: string): Promise<z.infer<typeof record> | null> {
  const text = await places.secrets.get({ name: `vault:${name}` });
  return text === null ? null : record.parse(JSON.parse(text));
}

async function getTries(places: Places, name: string): Promise<z.infer<typeof tries> | null> {
  const text = await places.marker.get({ name: `tries:${name}` });
  return text === null ? null : tries.parse(JSON.parse(text));
}

const setTries = (places: Places, name: string, counted: z.infer<typeof tries>): Promise<unknown> =>
  places.marker.set({ name: `tries:${name}`, text: JSON.stringify(counted) });
