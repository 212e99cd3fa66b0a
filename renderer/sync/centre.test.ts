import { expect, test } from 'vitest';
import type { Command } from '#shared/protocol/messages.ts';
import { centreOver } from './centre.ts';
import type { WireAnswer } from './ports.ts';

const EPOCH = '11111111-1111-4111-8111-111111111111';
const MID = '22222222-2222-4222-8222-222222222222';
const command: Command = {
  mid: MID,
  n: 1,
  name: 'tasks.accept',
  v: 1,
  district: '620102',
  actor: 'o1',
  at: 1,
  offsetMs: 0,
  after: null,
  args: { id: 't1' },
};
const line = (more: object = {}): string =>
  `${JSON.stringify({ t: 'outcome', epoch: EPOCH, mid: MID, status: 'applied', again: false, heads: {}, ...more })}\n`;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const answering = (answer: Partial<WireAnswer>) =>
  centreOver(
    {
      send: async () => ({ status: 200, contentType: 'application/x-ndjson', bytes: bytes(''), complete: true, ...answer }),
      events: async () => undefined,
    },
    () => 'token',
    new AbortController().signal,
  );
const push = (answer: Partial<WireAnswer>) =>
  answering(answer).push({ device: crypto.randomUUID(), epoch: EPOCH, cursors: [], acked: 0, commands: [command] });

test('a mutation is acknowledged by a line with its id and our epoch, and by nothing else', async () => {
  expect(await push({ bytes: bytes(line()) })).toMatchObject([{ mid: MID, status: 'applied' }]);
  expect(await push({ bytes: bytes(line({ epoch: crypto.randomUUID() })) })).toEqual([]);
  expect(await push({ bytes: bytes(line({ mid: crypto.randomUUID() })) })).toEqual([]);
  expect(await push({ bytes: bytes('') })).toEqual([]);
});

test('an outcome that was cut off says nothing; the lines before it count', async () => {
  const cut = line({ mid: MID }) + line().slice(0, -10);
  expect(await push({ bytes: bytes(cut), complete: false })).toHaveLength(1);
});

test('a portal that answers 200 with a page acknowledges nothing', async () => {
  await expect(push({ contentType: 'text/html', bytes: bytes('<html>') })).rejects.toMatchObject({ kind: 'notOurServer' });
  await expect(push({ bytes: bytes('<html>\n') })).rejects.toMatchObject({ kind: 'notOurServer' });
  await expect(push({ bytes: bytes('{"ok":true}\n') })).rejects.toMatchObject({ kind: 'notOurServer' });
});

test('a refusal of our centre keeps its kind; one of anybody else is nobody’s', async () => {
  const refusal = JSON.stringify({ code: 'E401.3', message: 'ended', detail: {} });
  const ours = { status: 401, contentType: 'application/json', bytes: bytes(refusal) };
  await expect(push(ours)).rejects.toMatchObject({ kind: 'sessionEnded' });
  await expect(push({ ...ours, contentType: 'text/html' })).rejects.toMatchObject({ kind: 'notOurServer' });
  await expect(push({ ...ours, bytes: bytes('{"__proto__":{}}') })).rejects.toMatchObject({ kind: 'notOurServer' });
  const local = JSON.stringify({ code: 'E598.6', message: 'give me your earlier password', detail: {} });
  await expect(push({ ...ours, bytes: bytes(local) })).rejects.toMatchObject({ kind: 'notOurServer' });
  await expect(push({ ...ours, status: 204, bytes: bytes('') })).rejects.toMatchObject({ kind: 'notOurServer' });
});
