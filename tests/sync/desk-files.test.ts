import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blobs } from '../../electron/capabilities/blobs.ts';
import { freeSpace } from '../../electron/capabilities/free-space.ts';
import { type Journal, journal } from '../../electron/capabilities/journal.ts';
import { marker } from '../../electron/capabilities/marker.ts';
import type { Host } from '#shared/host/contract.ts';
import { sealWith } from '../../renderer/store/seal.ts';
import { openDesk } from '../../renderer/sync/desk.ts';
import { HEAD } from '../support/personas.ts';

const DEVICE = '7f9c1a7e-0b7d-4e0a-9d43-0f6f2b1f0001';
const dataKey = new Uint8Array(32);
const JPEG = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3);
let dataDir: string;
let lanes: Journal;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'desk-'));
  lanes = journal(dataDir);
});
afterEach(async () => {
  await lanes.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A desk without a line, on the real capabilities of the desktop. */
async function open() {
  const { id: sub, districtId } = HEAD;
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const leaseKey = { kty: 'OKP', crv: 'Ed25519', x: '' } as const;
  const host = {
    files: { ...blobs(dataDir), freeSpace: () => freeSpace(dataDir) },
    journal: lanes.calls,
    marker: marker(dataDir),
  } as unknown as Host;
  return openDesk({
    host,
    account: sub,
    opened: { officerId: sub, dataKey, seal: sealWith(dataKey), token: 'token', lease: '', leaseKey },
    claims: { ...HEAD, until: {}, sub, districtId, name: sub, account: sub, device: DEVICE, iat: 1, exp } as never,
    identity: { centreUrl: 'http://127.0.0.1:9', deviceId: DEVICE, deviceName: 'pc' },
    app: '0.1.0',
    hasNetwork: () => false,
    pauseOriginals: () => false,
    changed: () => undefined,
    ended: () => undefined,
    lost: () => undefined,
  });
}

test('when the databases vanish with a photograph unsent, the next sign-in opens with it on the list', async () => {
  const first = await open();
  const { sha256 } = await first.addFile(JPEG, 'image/jpeg');
  expect(sha256).toBe(createHash('sha256').update(JPEG).digest('hex'));
  await first.close();
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
  const second = await open();
  expect(await second.file(sha256)).toEqual(JPEG);
  await second.close();
});

test('what is not what its type says is refused before it is taken in', async () => {
  const desk = await open();
  await expect(desk.addFile(Uint8Array.of(0x4d, 0x5a, 1), 'image/jpeg')).rejects.toMatchObject({ kind: 'wrongContent' });
  await expect(desk.addFile(JPEG, 'text/html')).rejects.toMatchObject({ kind: 'wrongContent' });
  await desk.close();
});
