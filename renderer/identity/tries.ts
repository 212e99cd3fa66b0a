/** Wrong passwords and the latest time seen, per account, outside the vault: written also while the vault is closed. */
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { sha256Of } from '../store/hex.ts';
import { serial } from '../sync/serial.ts';

const LOCK_AFTER = 5;
const ONLINE_ONLY_AFTER = 10;
const LOCK_MS = 15 * 60_000;
/** Clocks of office PCs are set right now and then; no more than this is forgiven. */
export const CLOCK_SLACK_MS = 5 * 60_000;

const tries = z.object({ failures: z.int().min(0), lockedUntil: z.int().min(0), seenAt: z.int().min(0) });
export type Tries = z.infer<typeof tries>;

type Places = Pick<Host, 'marker'>;

/** Reading, counting and writing belong together, whoever asks. */
const inTurn = serial();

/** Name of an account's vault, which tells nothing of the account. */
export const vaultName = async (account: string): Promise<string> =>
  (await sha256Of(new TextEncoder().encode(account))).slice(0, 32);

async function read(places: Places, name: string): Promise<Tries | null> {
  const text = await places.marker.get({ name: `tries:${name}` });
  return text === null ? null : tries.parse(JSON.parse(text));
}

const write = (places: Places, name: string, counted: Tries): Promise<unknown> =>
  places.marker.set({ name: `tries:${name}`, text: JSON.stringify(counted) });

/** Refuses with `offlineLocked` while locked; null when the count is gone and only the centre can open the vault. */
export async function mayTry(places: Places, name: string, now: number): Promise<Tries | null> {
  const counted = await read(places, name);
  if (counted === null) return null;
  if (counted.failures >= ONLINE_ONLY_AFTER) throw new Fault('offlineLocked', 'too many wrong passwords', { onlineOnly: true });
  if (counted.lockedUntil > now) throw new Fault('offlineLocked', 'too many wrong passwords', { until: counted.lockedUntil });
  return counted;
}

/** Counts a wrong password; the refusal to give. */
export const missed = (places: Places, name: string, now: number): Promise<Fault> =>
  inTurn(async () => {
    const before = await read(places, name);
    const failures = (before?.failures ?? 0) + 1;
    const lockedUntil = failures % LOCK_AFTER === 0 ? now + LOCK_MS : 0;
    await write(places, name, { failures, lockedUntil, seenAt: before?.seenAt ?? 0 });
    const left = LOCK_AFTER - (failures % LOCK_AFTER || LOCK_AFTER);
    return new Fault('offlinePasswordWrong', 'the password does not open the vault', { left });
  });

/** The vault was opened at `now`, ms. */
export const clearTries = (places: Places, name: string, now: number): Promise<void> =>
  inTurn(async () => {
    const before = await read(places, name);
    await write(places, name, { failures: 0, lockedUntil: 0, seenAt: Math.max(before?.seenAt ?? 0, now) });
  });

/** The officer is at work here at `now`, ms: no earlier time opens the vault any more. */
export const noteTime = (places: Places, account: string, now: number): Promise<void> =>
  inTurn(async () => {
    const name = await vaultName(account);
    const before = await read(places, name);
    if (before !== null && before.seenAt < now) await write(places, name, { ...before, seenAt: now });
  });
