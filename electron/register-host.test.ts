import { expect, test, vi } from 'vitest';
import type { Host } from '#shared/host/contract.ts';
import { isFrom } from './origin.ts';
import { registerHost } from './register-host.ts';

type Invoked = (event: unknown, args: unknown) => Promise<unknown>;
const identity = vi.fn<Host['app']['identity']>(async () => ({
  centreUrl: 'https://c.cn',
  deviceId: crypto.randomUUID(),
  deviceName: 'pc',
}));
const append = vi.fn<Host['journal']['append']>(async () => ({ count: 1 }));
const handlers = new Map<string, Invoked>();
registerHost(
  { handle: (channel, handler) => void handlers.set(channel, handler as Invoked) },
  (url) => isFrom('app://workstation', url),
  () => ({ app: { identity }, journal: { append } }) as unknown as Host,
);
const ask = (channel: string, senderFrame: unknown, args?: unknown): Promise<unknown> =>
  handlers.get(channel)!({ sender: {}, senderFrame }, args);
const ours = { url: 'app://workstation/', parent: null };

test('the top frame of our page is answered', async () => {
  expect(await ask('host:app.identity', ours)).toMatchObject({ ok: true, value: { deviceName: 'pc' } });
});

test.each([
  ['a frame inside our page', { url: 'app://workstation/', parent: ours }],
  ['a frame of another origin', { url: 'https://evil.example/', parent: null }],
  ['an origin that begins like ours', { url: 'app://workstation.evil/', parent: null }],
  ['an address that hides a host behind ours', { url: 'app://workstation@evil/', parent: null }],
  ['a frame that is gone', null],
])('%s may call nothing', async (_who, frame) => {
  identity.mockClear();
  expect(await ask('host:app.identity', frame)).toMatchObject({
    ok: false,
    kind: 'hostRefused',
    detail: { reason: 'foreignFrame' },
  });
  expect(identity).not.toHaveBeenCalled();
});

test('only calls of the contract have a channel', () => {
  expect(handlers.has('host:app.identity')).toBe(true);
  expect([...handlers.keys()].filter((name) => !/^host:[a-z]+\.[A-Za-z]+$/.test(name))).toEqual([]);
  expect(handlers.has('host:app.__proto__')).toBe(false);
});

test.each([
  ['nothing', undefined],
  ['a text', 'x'],
  ['a lane that is a path', { lane: '../../etc', entries: ['x'] }],
  ['an entry of two lines', { lane: 'officer-0001', entries: ['a\nb'] }],
  ['no entry', { lane: 'officer-0001', entries: [] }],
  ['a field too many', { lane: 'officer-0001', entries: ['x'], more: 1 }],
])('%s in place of the arguments never reaches the journal', async (_what, args) => {
  append.mockClear();
  expect(await ask('host:journal.append', ours, args)).toMatchObject({ ok: false, kind: 'badArgs' });
  expect(append).not.toHaveBeenCalled();
});

test('an answer outside the contract, or a defect, leaves as `internal` without its text', async () => {
  append.mockResolvedValueOnce({ count: -1 });
  const args = { lane: 'officer-0001', entries: ['x'] };
  expect(await ask('host:journal.append', ours, args)).toMatchObject({ ok: false, kind: 'internal' });
  append.mockRejectedValueOnce(new Error('/home/officer/secret'));
  const answer = await ask('host:journal.append', ours, args);
  expect(answer).toMatchObject({ ok: false, kind: 'internal' });
  expect(JSON.stringify(answer)).not.toContain('secret');
});
