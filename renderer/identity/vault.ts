/**
 * What lets an officer work on this PC without the centre: a random data key, wrapped by a key that only the password makes.
 *
 * 1. Nothing of the officer's can be read here without the password; the operating system's keystore is a second wall.
 * 2. Five wrong passwords lock for 15 minutes, ten until the next sign-in at the centre. The count stands in a file of its own
 *    (`tries.ts`); when that file is gone, only the centre can open the vault again.
 * 3. A clock set back behind the last time this officer worked here opens nothing, or an expired lease would live on.
 * 4. The key that signs leases is the centre's face: another one is met with `centreChanged`, never with silence.
 */
import { argon2id } from 'hash-wasm';
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { fromBase64, type Seal, sealWith, toBase64 } from '../store/seal.ts';
import type { LeaseKey } from './lease.ts';
import { CLOCK_SLACK_MS, clearTries, mayTry, missed, vaultName } from './tries.ts';

const KEY_BYTES = 32;

const record = z.object({
  officerId: z.string(),
  salt: z.string(),
  wrappedKey: z.string(),
  /** Sealed under the data key: token of the session and the last lease. */
  sealed: z.string(),
  leaseKey: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
});
const inside = z.object({ token: z.string(), lease: z.string() });

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

export interface KeepOptions {
  readonly earlierPassword?: string;
  readonly trustNewCentre?: boolean;
}

/**
 * Keeps what a sign-in at the centre brought. The data key of an earlier sign-in is kept: under this password, or under the
 * earlier one, and is then wrapped anew.
 */
export async function keep(
  places: Places,
  account: string,
  password: string,
  now: number,
  fresh: Omit<Opened, 'dataKey' | 'seal'>,
  { earlierPassword, trustNewCentre = false }: KeepOptions = {},
): Promise<Opened> {
  const name = await vaultName(account);
  const before = await loadOrSetAside(places, name);
  if (before !== null && before.leaseKey.x !== fresh.leaseKey.x && !trustNewCentre)
    throw new Fault('centreChanged', 'the centre signs with another key than the one this workstation knows');
  const same = before && (await unwrap(before, password));
  const earlier = before && !same && earlierPassword !== undefined ? await unwrap(before, earlierPassword) : null;
  if (before && !same && !earlier) throw new Fault('passwordChanged', 'local data is sealed under an earlier password');
  const dataKey = same ?? earlier ?? crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const wrapped = before && same ? before : await wrap(dataKey, password);
  await save(places, name, wrapped, { ...fresh, dataKey });
  await clearTries(places, name, now);
  return { ...fresh, dataKey, seal: sealWith(dataKey) };
}

/** Notes a newer lease, while the vault is open. */
export async function renew(places: Places, account: string, opened: Opened): Promise<void> {
  const name = await vaultName(account);
  const before = await load(places, name);
  if (before !== null) await save(places, name, before, opened);
}

/** Opens the vault with the password alone. */
export async function open(places: Places, account: string, password: string, now: number): Promise<Opened> {
  const name = await vaultName(account);
  const kept = await load(places, name);
  const counted = await mayTry(places, name, now);
  if (kept === null || counted === null) throw new Fault('offlineUnknown', 'never signed in here at the centre');
  const dataKey = await unwrap(kept, password);
  if (dataKey === null) throw await missed(places, name, now);
  if (now < counted.seenAt - CLOCK_SLACK_MS)
    throw new Fault('clockTurnedBack', 'the clock is behind', { seenAt: counted.seenAt });
  await clearTries(places, name, now);
  const seal = sealWith(dataKey);
  const { token, lease } = inside.parse(JSON.parse(seal.open(fromBase64(kept.sealed))));
  return { officerId: kept.officerId, dataKey, seal, token, lease, leaseKey: kept.leaseKey };
}

/** Destroys the key: what it sealed can be opened by nobody any more. */
export async function forget(places: Places, account: string): Promise<void> {
  await places.secrets.remove({ name: `vault:${await vaultName(account)}` });
}

async function wrap(dataKey: Uint8Array, password: string): Promise<{ readonly salt: string; readonly wrappedKey: string }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { salt: toBase64(salt), wrappedKey: toBase64(sealWith(await keyFrom(password, salt)).seal(toBase64(dataKey))) };
}

async function unwrap(kept: z.infer<typeof record>, password: string): Promise<Uint8Array | null> {
  const key = await keyFrom(password, fromBase64(kept.salt));
  try {
    return fromBase64(sealWith(key).open(fromBase64(kept.wrappedKey)));
  } catch {
    return null; // the tag does not fit: another password
  }
}

async function save(
  places: Places,
  name: string,
  { salt, wrappedKey }: { readonly salt: string; readonly wrappedKey: string },
  { officerId, token, lease, leaseKey, dataKey }: Omit<Opened, 'seal'>,
): Promise<void> {
  const sealed = toBase64(sealWith(dataKey).seal(JSON.stringify({ token, lease })));
  const kept: z.infer<typeof record> = { officerId, salt, wrappedKey, sealed, leaseKey };
  await places.secrets.set({ name: `vault:${name}`, text: JSON.stringify(kept) });
}

/** `storageBroken` when what stands there is no vault any more. */
async function load(places: Places, name: string): Promise<z.infer<typeof record> | null> {
  const text = await places.secrets.get({ name: `vault:${name}` });
  if (text === null) return null;
  try {
    return record.parse(JSON.parse(text));
  } catch {
    throw new Fault('storageBroken', 'the vault cannot be read', { reason: 'vault' });
  }
}

/** At the centre a damaged vault is no dead end: it is set aside, never thrown away, and a new one made. */
async function loadOrSetAside(places: Places, name: string): Promise<z.infer<typeof record> | null> {
  try {
    return await load(places, name);
  } catch (error) {
    if (!(error instanceof Fault) || error.detail['reason'] !== 'vault') throw error;
    const text = await places.secrets.get({ name: `vault:${name}` });
    await places.secrets.set({ name: `vault-damaged:${name}`, text: text ?? '' });
    return null;
  }
}
