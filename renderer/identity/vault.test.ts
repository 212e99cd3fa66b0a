import { beforeEach, expect, test, vi } from 'vitest';
import type { Host } from '#shared/host/contract.ts';
import { readLease } from './lease.ts';
import { noteTime } from './tries.ts';
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

test('a centre that signs with another key is met with a question, and trusted only on purpose', async () => {
  const first = await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const other = { ...fresh, leaseKey: { ...leaseKey, x: 'other' } };
  await expect(keep(disk.at, 'wang', PASSWORD, NOW, other)).rejects.toMatchObject({ kind: 'centreChanged' });
  const trusted = await keep(disk.at, 'wang', PASSWORD, NOW, other, { trustNewCentre: true });
  expect(trusted.dataKey).toEqual(first.dataKey);
  expect((await open(disk.at, 'wang', PASSWORD, NOW)).leaseKey.x).toBe('other');
});

test('after a change of password the earlier one is asked for once, and nothing that was sealed is lost', async () => {
  const first = await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  await expect(keep(disk.at, 'wang', 'new', NOW, fresh)).rejects.toMatchObject({ kind: 'passwordChanged' });
  await expect(keep(disk.at, 'wang', 'new', NOW, fresh, { earlierPassword: 'guess' })).rejects.toMatchObject({
    kind: 'passwordChanged',
  });
  const second = await keep(disk.at, 'wang', 'new', NOW, fresh, { earlierPassword: PASSWORD });
  expect(second.dataKey).toEqual(first.dataKey);
  expect((await open(disk.at, 'wang', 'new', NOW)).dataKey).toEqual(first.dataKey);
  await expect(open(disk.at, 'wang', PASSWORD, NOW)).rejects.toMatchObject({ kind: 'offlinePasswordWrong' });
});

test('a damaged vault is told as such, set aside at the next sign-in at the centre, and never thrown away', async () => {
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  const [name = ''] = disk.secrets.keys();
  disk.secrets.set(name, 'spoiled');
  await expect(open(disk.at, 'wang', PASSWORD, NOW)).rejects.toMatchObject({ kind: 'storageBroken' });
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  expect([...disk.secrets.values()]).toContain('spoiled');
  expect((await open(disk.at, 'wang', PASSWORD, NOW)).token).toBe('token-1');
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
  await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  await open(disk.at, 'wang', PASSWORD, NOW + MINUTE);
  await noteTime(disk.at, 'wang', NOW + 24 * 60 * MINUTE);
  await expect(open(disk.at, 'wang', PASSWORD, NOW)).rejects.toMatchObject({ kind: 'clockTurnedBack' });
});

test('a newer lease replaces the one in the vault', async () => {
  const opened = await keep(disk.at, 'wang', PASSWORD, NOW, fresh);
  await renew(disk.at, 'wang', { ...opened, lease: 'lease-2' });
  expect((await open(disk.at, 'wang', PASSWORD, NOW)).lease).toBe('lease-2');
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
    until: {},
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
