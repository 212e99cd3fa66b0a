import { expect, test } from 'vitest';
import { batchOf, heldBack } from './push.ts';
import type { OutboxRow } from './ports.ts';

const row = (n: number, name: string, v = 1): OutboxRow => ({
  n,
  mid: `44444444-4444-4444-8444-${String(n).padStart(12, '0')}`,
  name,
  v,
  district: '620102',
  at: n,
  offsetMs: 0,
  after: null,
  args: {},
  state: 'waiting',
  streams: ['d:620102'],
});
const KNOWN = new Map([
  ['tasks.accept', 1],
  ['attachments.announce', 1],
]);

test('what an older centre does not know waits, and everything behind it, so that the order stays', () => {
  const waiting = [row(1, 'tasks.accept'), row(2, 'attachments.announce', 2), row(3, 'tasks.accept')];
  expect(heldBack(waiting, KNOWN)).toBe(2);
  expect(heldBack(waiting.slice(0, 1), KNOWN)).toBe(0);
  expect(heldBack([row(1, 'newer.thing')], KNOWN)).toBe(1);
});

test('a centre that does not say what it knows is asked', () => {
  expect(heldBack([row(1, 'newer.thing')], undefined)).toBe(0);
});

test('a push holds at most two hundred, and one however large it is', () => {
  const many = Array.from({ length: 250 }, (_, i) => row(i + 1, 'tasks.accept'));
  expect(batchOf(many, 'o-wang')).toHaveLength(200);
  const large = { ...row(1, 'tasks.accept'), args: { text: 'x'.repeat(600_000) } };
  expect(batchOf([large, row(2, 'tasks.accept')], 'o-wang')).toHaveLength(1);
});
