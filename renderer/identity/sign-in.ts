import { Fault, type FaultKind } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { type LeaseClaims, signInAnswer } from '#shared/protocol/messages.ts';
import { readJson, refusalOf } from '../sync/centre.ts';
import type { Wire } from '../sync/ports.ts';
import { readLease } from './lease.ts';
import { keep, type KeepOptions, type Opened, open } from './vault.ts';

const SIGN_IN_MS = 8000;

export interface Entered {
  readonly opened: Opened;
  readonly claims: LeaseClaims;
}

interface Door {
  readonly host: Pick<Host, 'secrets' | 'marker'>;
  readonly wire: Wire;
  readonly device: string;
  readonly deviceName: string;
}

/** Through the centre: a token for the session, a fresh lease, and the vault for later without it. */
async function enterOnline(
  { host, wire, device, deviceName }: Door,
  account: string,
  password: string,
  options: KeepOptions,
): Promise<Entered> {
  const answer = await wire.send({
    method: 'POST',
    path: '/auth/v1/sign-in',
    json: { account, password, device, deviceName },
    timeoutMs: SIGN_IN_MS,
  });
  if (answer.status !== 200) throw refusalOf(answer);
  const { token, lease, leaseKey, now } = readJson(signInAnswer, answer);
  const claims = await readLease(lease, leaseKey, device);
  const opened = await keep(host, account, password, now, { officerId: claims.sub, token, lease, leaseKey }, options);
  return { opened, claims };
}

/** Without the centre: the password opens the vault, the lease in it says until when. */
export async function enterOffline({ host, device }: Door, account: string, password: string): Promise<Entered> {
  const now = Date.now();
  const opened = await open(host, account, password, now);
  const claims = await readLease(opened.lease, opened.leaseKey, device);
  if (claims.exp * 1000 < now) throw new Fault('leaseExpired', 'the lease has ended', { until: claims.exp * 1000 });
  return { opened, claims };
}

/** Nobody answered, or nobody who is our centre in good health. */
const NO_ANSWER: readonly FaultKind[] = [
  'serverUnreachable',
  'notOurServer',
  'truncatedStream',
  'internal',
  'overloaded',
  'draining',
];

/** Online where the centre answers; what the centre refuses stays refused. */
export async function enter(
  door: Door,
  account: string,
  password: string,
  mayAsk: boolean,
  options: KeepOptions,
): Promise<Entered> {
  if (!mayAsk) return enterOffline(door, account, password);
  try {
    return await enterOnline(door, account, password, options);
  } catch (error) {
    if (!(error instanceof Fault) || !NO_ANSWER.includes(error.kind)) throw error;
    return enterOffline(door, account, password);
  }
}
