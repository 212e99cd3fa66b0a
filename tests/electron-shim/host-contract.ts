import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Host } from '#shared/host/contract.ts';
import { MAX_BLOB_BYTES } from '#shared/host/contract.ts';
import type { OpenHost } from '../../renderer/host/electron-host.ts';

export interface HostUnderTest extends OpenHost {
  /** A call of any name and any arguments, past the types. */
  readonly anyCall: (namespace: string, method: string, args?: unknown) => Promise<unknown>;
  /** What the shell tells all its pages. */
  readonly tell: (name: string, payload: unknown) => void;
  /** The same data after the program was ended and started again. */
  readonly restarted: () => Promise<Host>;
}

/** What a screen may rely on, whichever shell is behind it. */
export function runHostContract(shell: string, open: () => Promise<HostUnderTest>): void {
  const lane = 'officer-0001';
  const it = (sentence: string, check: (under: HostUnderTest) => Promise<void>): void =>
    test(`${shell}: ${sentence}`, async () => check(await open()));

  it('a journal keeps entries in order over a restart, forgets what was trimmed and goes on counting', async ({
    host,
    restarted,
  }) => {
    expect(await host.journal.append({ lane, entries: ['一', '{"two":2}'] })).toEqual({ count: 2 });
    await host.journal.append({ lane, entries: ['three'] });
    const { entries, damaged } = await host.journal.read({ lane });
    expect([entries.map(({ text }) => text), damaged]).toEqual([['一', '{"two":2}', 'three'], 0]);
    await host.journal.trim({ lane, throughSeq: entries[1]!.seq });
    const again = await restarted();
    await again.journal.append({ lane, entries: ['four'] });
    const left = (await again.journal.read({ lane })).entries;
    expect(left.map(({ text }) => text)).toEqual(['three', 'four']);
    expect(left[1]!.seq).toBe(entries[2]!.seq + 1);
    expect(await again.journal.lanes()).toEqual([lane]);
    expect(await again.journal.read({ lane: 'never-used' })).toEqual({ entries: [], damaged: 0 });
  });

  it('content is found again under the hash of its bytes, empty and large content too', async ({ host, restarted }) => {
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.from({ length: 70_000 }, (_, place) => place % 251),
      new Uint8Array(MAX_BLOB_BYTES),
    ]) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(await host.files.hasBlob({ sha256 })).toBe(false);
      expect(await host.files.putBlob({ bytes })).toEqual({ sha256, sizeBytes: bytes.byteLength });
      const kept = await host.files.getBlob({ sha256 });
      expect(kept !== null && Buffer.compare(kept, bytes)).toBe(0);
    }
    const again = await restarted();
    const empty = createHash('sha256').digest('hex');
    expect(await again.files.hasBlob({ sha256: empty })).toBe(true);
    expect(await again.files.getBlob({ sha256: 'f'.repeat(64) })).toBeNull();
  });

  it('a secret and a marker outlive the program, a removed secret does not', async ({ host, restarted }) => {
    await host.secrets.set({ name: 'kek:1', text: '密\u0000钥' });
    await host.secrets.set({ name: 'other', text: '' });
    await host.marker.set({ name: 'generation', text: '3' });
    await host.secrets.remove({ name: 'other' });
    const again = await restarted();
    expect(await again.secrets.get({ name: 'kek:1' })).toBe('密\u0000钥');
    expect(await again.secrets.get({ name: 'other' })).toBeNull();
    expect(await again.marker.get({ name: 'generation' })).toBe('3');
    expect(await again.marker.get({ name: 'absent' })).toBeNull();
  });

  it('the workstation keeps its identity over a restart', async ({ host, restarted }) => {
    const first = await host.app.identity();
    expect(first.deviceId).toMatch(/^[0-9a-f-]{36}$/);
    expect((await (await restarted()).app.identity()).deviceId).toBe(first.deviceId);
  });

  it('it tells the room on the disk, the network, the displays and about itself', async ({ host }) => {
    const { freeBytes, totalBytes } = await host.files.freeSpace();
    expect(freeBytes).toBeGreaterThan(0);
    expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
    expect(await host.network.status()).toEqual({ online: expect.any(Boolean) });
    expect((await host.displays.list()).filter(({ primary }) => primary)).toHaveLength(1);
    expect(await host.updates.check()).toEqual({ state: 'unsupported' });
    expect(['os-keystore', 'file']).toContain(await host.secrets.protection());
    expect((await host.diagnostics.info()).node).toBe(process.versions.node);
  });

  it('what the contract does not know is refused by name', async ({ anyCall }) => {
    for (const [namespace, method] of [
      ['files', 'remove'],
      ['shell', 'openExternal'],
      ['app', '__proto__'],
      ['constructor', 'name'],
    ] as const) {
      await expect(anyCall(namespace, method)).rejects.toMatchObject({ name: expect.stringMatching(/Fault|Error/) });
    }
  });

  const refused: readonly (readonly [string, string, unknown])[] = [
    ['journal', 'append', { lane: '../../etc/passwd', entries: ['x'] }],
    ['journal', 'append', { lane, entries: ['two\nlines'] }],
    ['journal', 'append', { lane, entries: ['half a pair \ud800'] }],
    ['journal', 'append', { lane, entries: [] }],
    ['journal', 'trim', { lane, throughSeq: -1 }],
    ['files', 'save', { suggestedName: '../../.bashrc', bytes: new Uint8Array(1) }],
    ['files', 'save', { suggestedName: 'con.txt', bytes: new Uint8Array(1) }],
    ['files', 'putBlob', { bytes: 'text' }],
    ['files', 'putBlob', { bytes: [1, 2, 3] }],
    ['files', 'getBlob', { sha256: '../../secret' }],
    ['secrets', 'get', { name: '../kek' }],
    ['marker', 'set', { name: 'a', text: 'x'.repeat(4097) }],
    ['app', 'identity', { more: 1 }],
  ];
  test.each(refused)(`${shell}: %s.%s refuses %j before anything is touched`, async (namespace, method, args) => {
    const { anyCall, host } = await open();
    await expect(anyCall(namespace, method, args)).rejects.toMatchObject({ kind: 'badArgs' });
    expect(await host.journal.lanes()).toEqual([]);
  });

  it('an event that fits the contract is heard until one stops listening; any other is not', async ({ events, tell }) => {
    const heard: boolean[] = [];
    const stop = events.on('network.changed', ({ online }) => heard.push(online));
    tell('network.changed', { online: false });
    tell('network.changed', { online: 'no' });
    tell('files.pressure', { online: true });
    tell('__proto__', { online: true });
    tell('network.changed', { online: true });
    await expect.poll(() => heard).toEqual([false, true]);
    stop();
    tell('network.changed', { online: false });
    tell('files.pressure', { freeBytes: 1, totalBytes: 2, pressure: 'critical' });
    await new Promise<void>((done) => {
      events.on('files.pressure', () => done());
      tell('files.pressure', { freeBytes: 1, totalBytes: 2, pressure: 'critical' });
    });
    expect(heard).toEqual([false, true]);
  });
}
