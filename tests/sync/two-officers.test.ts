import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { Fault } from '#shared/errors.ts';
import { keep } from '../../renderer/identity/vault.ts';
import { type Line, lineOver } from '../../renderer/sync/rpc.ts';
import type { EngineStatus } from '../../renderer/sync/engine-api.ts';

const DEVICE = '7f9c1a7e-0b7d-4e0a-9d43-0f6f2b1f0001';
const GIB = 1024 ** 3;

const texts = () => {
  const kept = new Map<string, string>();
  return {
    get: async ({ name }: { readonly name: string }) => kept.get(name) ?? null,
    set: async ({ name, text }: { readonly name: string; readonly text: string }) => {
      kept.set(name, text);
      return null;
    },
    remove: async () => null,
    protection: async () => 'file' as const,
  };
};

const disk = { freeBytes: 10 * GIB, totalBytes: 20 * GIB };
const host: Readonly<Record<string, Readonly<Record<string, (args: never) => Promise<unknown>>>>> = {
  app: { identity: async () => ({ centreUrl: 'http://127.0.0.1:9', deviceId: DEVICE, deviceName: 'pc' }) },
  diagnostics: { info: async () => ({ app: '0.1.0' }) },
  files: { freeSpace: async () => ({ ...disk }) },
  journal: { read: async () => ({ entries: [], damaged: 0 }), append: async () => ({ count: 1 }), trim: async () => null },
  secrets: texts(),
  marker: texts(),
};

const part = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url');

/** A vault on this workstation for each officer, as a sign-in at the centre leaves it. */
async function vaults(...officers: readonly string[]): Promise<void> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { x = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  for (const sub of officers) {
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const about = { sub, name: sub, account: sub, districtId: '620102', roles: ['officer'], streams: [], device: DEVICE };
    const signed = `${part('{"alg":"EdDSA"}')}.${part(JSON.stringify({ ...about, iat: 1, exp }))}`;
    const signature = await crypto.subtle.sign('Ed25519', pair.privateKey, Buffer.from(signed));
    const lease = `${signed}.${part(new Uint8Array(signature))}`;
    const fresh = { officerId: sub, token: 'token', lease, leaseKey: { kty: 'OKP', crv: 'Ed25519', x } as const };
    const { secrets, marker } = host as never;
    await keep({ secrets, marker }, sub, `password of ${sub}`, Date.now(), fresh);
  }
}

async function askHost(_call: string, [namespace, method, args]: readonly unknown[]): Promise<unknown> {
  const call = host[String(namespace)]?.[String(method)];
  if (!call) throw new Fault('hostRefused', `no ${String(namespace)}.${String(method)}`);
  return call(args as never);
}

interface Window {
  readonly line: Line;
  readonly told: { opening?: unknown; status?: EngineStatus };
}

/** The worker of the workstation; answers how a window of it is opened. */
async function worker(): Promise<(name: string) => Promise<Window>> {
  const connect = Promise.withResolvers<(event: { readonly ports: readonly unknown[] }) => void>();
  vi.stubGlobal('addEventListener', (name: string, hear: never) => name === 'connect' && connect.resolve(hear));
  await import('../../renderer/sync/engine-worker.ts');
  const opened = await connect.promise;
  return async (name) => {
    const { port1, port2 } = new MessageChannel();
    const told: Window['told'] = {};
    const line = lineOver(port1, askHost, (what, value) => Object.assign(told, { [what]: value }));
    const held = Promise.withResolvers<void>();
    void navigator.locks.request(name, () => {
      held.resolve();
      return new Promise<never>(() => undefined);
    });
    await held.promise;
    opened({ ports: [port2] });
    await line.ask('join', name);
    return { line, told };
  };
}

test('a sign-in that fails halfway hands nobody the key of the officer who had locked the screen', async () => {
  await vaults('xu', 'yang');
  const open = await worker();
  const first = await open('window:1');
  await first.line.ask('network', false);
  await first.line.ask('signIn', 'xu', 'password of xu');
  await first.line.ask('lock');
  disk.freeBytes = 1;
  await expect(first.line.ask('signIn', 'yang', 'password of yang')).rejects.toMatchObject({ kind: 'diskFull' });

  const second = await open('window:2');
  await vi.waitFor(() => expect(second.told.status).toBeDefined());
  expect(second.told.opening).toBeNull();
  expect(second.told.status?.signedIn).toBeNull();
  await expect(second.line.ask('waiting')).rejects.toMatchObject({ kind: 'notSignedIn' });
});
