import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diceOf } from '../support/dice.ts';
import { type FaultProxy, GOOD, type LineFault, startFaultProxy } from './fault-proxy.ts';

const ASKED = 'q'.repeat(20_000);
const ANSWERED = 'a'.repeat(20_000);

let centre: Server;
let proxy: FaultProxy;
/** Whole requests that arrived. */
let arrived: number;

beforeEach(async () => {
  arrived = 0;
  centre = createServer((request, response) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => {
      if (bytes === ASKED.length) arrived += 1;
      response.end(ANSWERED);
    });
    request.on('error', () => undefined);
  });
  await new Promise<void>((done) => centre.listen(0, '127.0.0.1', done));
  const { port } = centre.address() as AddressInfo;
  proxy = await startFaultProxy(diceOf(7), () => `http://127.0.0.1:${port}`);
});
afterEach(async () => {
  await proxy.close();
  centre.closeAllConnections();
  await new Promise((done) => centre.close(done));
});

const ask = (): Promise<string> =>
  fetch(`${proxy.url}/sync/v1/push`, { method: 'POST', body: ASKED }).then((answer) => answer.text());

const always = (fault: LineFault): void => {
  proxy.line = { ...GOOD, [fault]: 1 };
};

test('over a good line everything passes, on a connection that is kept', async () => {
  for (let i = 0; i < 5; i++) expect(await ask()).toBe(ANSWERED);
  expect(arrived).toBe(5);
  expect([...proxy.fallen]).toEqual([]);
});

test.each<readonly [LineFault, number]>([
  ['refuse', 0],
  ['cutRequest', 0],
  ['cutAnswer', 1],
  ['loseAnswer', 1],
  ['stall', 1],
])('a line with %s brings no whole answer, and the request arrives %i times', async (fault, times) => {
  always(fault);
  await expect(ask()).rejects.toThrow(/fetch failed|terminated/);
  expect(arrived).toBe(times);
  proxy.line = GOOD;
  expect(await ask()).toBe(ANSWERED);
  expect(proxy.pushing()).toBe(0);
});

test.each<LineFault>(['drip', 'delay'])('a line with %s is slow and whole', async (fault) => {
  always(fault);
  expect(await ask()).toBe(ANSWERED);
  expect(arrived).toBe(1);
});

test('what goes twice arrives twice, and one answer comes back', async () => {
  always('twice');
  expect(await ask()).toBe(ANSWERED);
  await expect.poll(() => arrived).toBe(2);
});

test('a line that is down lets nobody through, and who waits for a request hears of it', async () => {
  proxy.setDown(true);
  await expect(ask()).rejects.toThrow('fetch failed');
  proxy.setDown(false);
  const heard = proxy.next('/sync/v1/push');
  expect(await ask()).toBe(ANSWERED);
  await heard;
});

test('what is held gets nowhere while everything else passes, and is broken off when it is let go', async () => {
  proxy.hold('/sync/v1/pull');
  const pulled = fetch(`${proxy.url}/sync/v1/pull?stream=city`);
  const over = pulled.then(
    () => 'answered',
    () => 'broken off',
  );
  expect(await ask()).toBe(ANSWERED);
  proxy.hold(undefined);
  expect(await over).toBe('broken off');
});
