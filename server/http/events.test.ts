import { expect, test } from 'vitest';
import { PokeBus } from '../sync/poke-bus.ts';
import { EventRoom } from './events.ts';

const EPOCH = '22222222-2222-4222-8222-222222222222';
const heads = (stream: string, seq: number): ReadonlyMap<string, number> => new Map([[stream, seq]]);

function listening(...streams: string[]) {
  const bus = new PokeBus();
  const room = new EventRoom(bus, { epoch: EPOCH });
  const out = room.open('token', new Set(streams), { stream: 'u:o1', seq: 3 });
  out.setEncoding('utf8');
  return { bus, room, out, heard: () => String(out.read() ?? '') };
}

test('a listener hears of its own streams, each head once, and a sign of life', () => {
  const { bus, room, heard } = listening('d:1');
  expect(heard()).toBe(': listening\n\n');
  bus.publish(heads('d:2', 1));
  bus.publish(heads('d:1', 2));
  bus.publish(heads('d:1', 2));
  room.keepAlive();
  expect(heard()).toBe(`event: poke\ndata: {"epoch":"${EPOCH}","stream":"d:1","head":2}\n\n: alive\n\n`);
});

test('a listener that does not read is not written to without end', () => {
  const { bus, out } = listening('d:1');
  for (let seq = 1; seq < 10_000; seq++) bus.publish(heads('d:1', seq));
  expect(out.readableLength).toBeLessThan(2 * out.readableHighWaterMark + 200);
});

test('a listener that goes away is forgotten', async () => {
  const { room, out } = listening('d:1');
  expect(room.size).toBe(1);
  out.destroy();
  await new Promise((done) => out.once('close', done));
  expect(room.size).toBe(0);
});

test('only the listeners of an ended session are ended', () => {
  const { room, out } = listening('d:1');
  room.endSessions(new Set(['another']));
  expect(out.writableEnded).toBe(false);
  room.endSessions(new Set(['token']));
  expect(out.writableEnded).toBe(true);
});

test('a change of the officer’s own rows ends the listening, what was known when it began does not', () => {
  const { bus, out, heard } = listening('u:o1');
  bus.publish(heads('u:o1', 3));
  expect(out.writableEnded).toBe(false);
  heard();
  bus.publish(heads('u:o1', 4));
  expect(out.writableEnded).toBe(true);
  expect(heard()).toMatch(/event: grant\ndata: {}\n\n$/);
});

test('another history of the centre ends the listening, and heads that lie lower are told from then on', () => {
  const { bus, out, heard } = listening('d:1');
  bus.publish(heads('d:1', 9));
  bus.renew(heads('d:1', 4));
  expect(out.writableEnded).toBe(true);
  expect(heard()).toMatch(/event: grant\ndata: {}\n\n$/);
  const told: number[] = [];
  bus.subscribe({ hear: (news) => told.push(news.get('d:1') ?? 0) });
  bus.publish(heads('d:1', 5));
  expect(told).toEqual([5]);
});
