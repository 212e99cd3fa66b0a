import { beforeEach, expect, test, vi } from 'vitest';
import type { Host } from '#shared/host/contract.ts';
import { readLease } from './lease.ts';
import { keep, open, renew } from './vault.ts';

const NOW = Date.UTC(2026, 5, 15);
const MINUTE = 60_000;
const PASSWORD = 'Shian-2026-demo';

const placeIn = (kept: Map<string, string>) => ({
  get: async ({ name }: { readonly name: string }) => kept.get(name) ?? null,
  set: async ({ name, text }: { readonly name: string; readonly text: string }) => {
    kept.set(name, text);
    return null;
  },
  remove: async ({ name }: { readonly name: string }) => {
    kept.delete(name);
    return null;
  },
});

/** The host's keystore and marks as plain maps; what a thief of the disk would find. */
function places() {
  const secrets = new Map<string, string>();
  const marks = new Map<string, string>();
  const at: Pick<Host, 'secrets' | 'marker'> = {
    secrets: { ...placeIn(secrets), protection: async () => 'file' },
    marker: placeIn(marks),
  };
  return { at, secrets, marks };
}

const leaseKey = { kty: 'OKP', crv: 'Ed25519', x: 'centre' } as const;
const fresh = { officerId: 'o1', token: 'token-1', lease: 'lease-1', leaseKey };
let disk: ReturnType<typeof places>;

beforeEach(() => {
  disk = places();
});

test('the password alone opens the vault that a sign-in at the centre left', async () => {
  const kept = await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const opened = await open(disk.at, 'wang', PASSWORD, NOW + MINUTE);
  expect({ officerId: opened.officerId, token: opened.token, lease: opened.lease }).toEqual({
    officerId: 'o1',
    token: 'token-1',
    lease: 'lease-1',
  });
  expect(opened.seal.open(kept.seal.seal('张掖路'))).toBe('张掖路');
});

test('what lies on the disk names neither token nor lease nor password', async () => {
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const found = [...disk.secrets.values(), ...disk.marks.values(), ...disk.secrets.keys()].join('\n');
  for (const secret of ['token-1', 'lease-1', PASSWORD, 'wang']) expect(found).not.toContain(secret);
});

test('a second sign-in at the centre keeps the data key, so that what was sealed stays readable', async () => {
  const first = await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const second = await keep(disk.at, 'wang', PASSWORD, NOW + MINUTE, { ...fresh, token: 'token-2' });
  expect(second.dataKey).toEqual(first.dataKey);
  expect((await open(disk.at, 'wang', PASSWORD, NOW + MINUTE)).token).toBe('token-2');
});

test('a centre that signs with another key is not ours', async () => {
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const other = keep(disk.at, 'wang', PASSWORD, NOW, { ...fresh, leaseKey: { ...leaseKey, x: 'other' } });
  await expect(other).rejects.toMatchObject({ kind: 'notOurServer' });
});

test('five wrong passwords lock for a quarter of an hour, ten until the centre is asked', async () => {
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const left: unknown[] = [];
  for (let i = 0; i < 5; i++) await open(disk.at, 'wang', 'wrong', NOW).catch((fault) => left.push(fault.detail.left));
  expect(left).toEqual([4, 3, 2, 1, 0]);
  await expect(open(disk.at, 'wang', PASSWORD, NOW + 14 * MINUTE)).rejects.toMatchObject({ kind: 'offlineLocked' });
  for (let i = 0; i < 5; i++) await open(disk.at, 'wang', 'wrong', NOW + 16 * MINUTE).catch((fault) => left.push(fault.kind));
  await expect(open(disk.at, 'wang', PASSWORD, NOW + 60 * MINUTE)).rejects.toMatchObject({
    kind: 'offlineLocked',
    detail: { onlineOnly: true },
  });
}, 60_000);

test('the right password clears the count of wrong ones', async () => {
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  await expect(open(disk.at, 'wang', 'wrong', NOW)).rejects.toMatchObject({ detail: { left: 4 } });
  await open(disk.at, 'wang', PASSWORD, NOW);
  await expect(open(disk.at, 'wang', 'wrong', NOW)).rejects.toMatchObject({ detail: { left: 4 } });
});

test('a count that was deleted opens nothing: only the centre can', async () => {
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  disk.marks.clear();
  await expect(open(disk.at, 'wang', PASSWORD, NOW)).rejects.toMatchObject({ kind: 'offlineUnknown' });
});

test('a clock turned back behind what the vault has seen opens nothing', async () => {
  const opened = await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  await renew(disk.at, 'wang', NOW + 24 * 60 * MINUTE, opened);
  await expect(open(disk.at, 'wang', PASSWORD, NOW)).rejects.toMatchObject({ kind: 'clockTurnedBack' });
});

test('an officer who never signed in here is told so', async () => {
  await expect(open(disk.at, 'li', PASSWORD, NOW)).rejects.toMatchObject({ kind: 'offlineUnknown' });
});

const part = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

test('a lease counts when our centre signed it for this workstation, and not when a letter was changed', async () => {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { x = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const device = '7f9c1a7e-0b7d-4e0a-9d43-0f6f2b1f0001';
  const claims = {
    sub: 'o1',
    name: '王',
    account: 'wang',
    districtId: '620102',
    roles: ['officer'],
    streams: [],
    device,
    iat: 1,
    exp: 2,
  };
  const signed = `${part('{"alg":"EdDSA"}')}.${part(JSON.stringify(claims))}`;
  const signature = await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode(signed));
  const lease = `${signed}.${part(new Uint8Array(signature))}`;
  const key = { kty: 'OKP', crv: 'Ed25519', x } as const;
  expect(await readLease(lease, key, device)).toEqual(claims);
  const longer = lease.replace(part(JSON.stringify(claims)), part(JSON.stringify({ ...claims, exp: 9_999_999_999 })));
  await expect(readLease(longer, key, device)).rejects.toMatchObject({ kind: 'notOurServer' });
  await expect(readLease(lease, key, crypto.randomUUID())).rejects.toMatchObject({ kind: 'notOurServer' });
});

vi.setConfig({ testTimeout: 60_000 });
