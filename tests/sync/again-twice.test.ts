import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Host } from '#shared/host/contract.ts';
import { outboxDatabase } from '../../renderer/store/databases.ts';
import { scopeOf } from '../../renderer/store/opening.ts';
import { dexieOutbox } from '../../renderer/store/dexie-outbox.ts';
import { sealWith } from '../../renderer/store/seal.ts';
import { openDesk } from '../../renderer/sync/desk.ts';
import { taskArgs } from '../support/commands.ts';
import { HEAD } from '../support/personas.ts';

const DEVICE = '7f9c1a7e-0b7d-4e0a-9d43-0f6f2b1f0001';
const MID = '7ddf5e2f-00b3-4c25-9b54-329379b4b3f9';
const GIB = 1024 ** 3;

const texts = () => {
  const kept = new Map<string, string>();
  return {
    get: async ({ name }: { readonly name: string }) => kept.get(name) ?? null,
    set: async ({ name, text }: { readonly name: string; readonly text: string }) => {
      kept.set(name, text);
      return null;
    },
  };
};

const host = {
  files: { freeSpace: async () => ({ freeBytes: 10 * GIB, totalBytes: 20 * GIB }) },
  journal: { append: async () => ({ count: 1 }), read: async () => ({ entries: [], damaged: 0 }), trim: async () => null },
  marker: texts(),
} as unknown as Host;

const dataKey = new Uint8Array(32);
const seal = sealWith(dataKey);

async function deskOfHead() {
  const { id: sub, districtId } = HEAD;
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const leaseKey = { kty: 'OKP', crv: 'Ed25519', x: '' } as const;
  return openDesk({
    host,
    account: sub,
    opened: { officerId: sub, dataKey, seal, token: 'token', lease: '', leaseKey },
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

test('a refused change that is sent again from two windows at once goes out once', async () => {
  const database = outboxDatabase(await scopeOf(HEAD.id, dataKey));
  await dexieOutbox(database, seal).putIssue({
    mid: MID,
    n: 1,
    name: 'tasks.dispatch',
    v: 1,
    district: HEAD.districtId,
    at: 1,
    args: taskArgs('t1', 's1'),
    status: 'rejected',
    code: 'E403.2',
    detail: {},
    conflicts: [],
    decidedAt: 1,
    resolved: null,
  });
  const desk = await deskOfHead();
  const pressed = await Promise.allSettled([desk.resolve(MID, { kind: 'again' }), desk.resolve(MID, { kind: 'again' })]);
  expect(pressed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(desk.waiting()).toHaveLength(1);
  await desk.close();
  database.close();
});
