import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { fetchWire } from '../../renderer/sync/wire-fetch.ts';

let server: Server | undefined;

/** A wire to a server that answers as told. */
async function wireTo(answer: RequestListener) {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((done) => started.listen(0, '127.0.0.1', done));
  return fetchWire(`http://127.0.0.1:${(started.address() as AddressInfo).port}`, 'abcd1234');
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const get = { method: 'GET', path: '/sync/v1/pull?stream=city', timeoutMs: 5000 } as const;

test('every message says protocol, schema and who asks', async () => {
  const seen: Record<string, unknown>[] = [];
  const wire = await wireTo((request, response) => {
    seen.push({ ...request.headers, url: request.url });
    response.setHeader('content-type', 'application/json').end('{}');
  });
  const answer = await wire.send({ ...get, token: 't1' });
  expect(seen).toMatchObject([
    { 'x-sync-protocol': '2', 'x-sync-schema': 'abcd1234', authorization: 'Bearer t1', url: '/sync/v1/pull?stream=city' },
  ]);
  expect(answer).toMatchObject({ status: 200, contentType: 'application/json', complete: true });
});

test('of an answer that broke off, what came is handed on and marked as not whole', async () => {
  const wire = await wireTo((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-length': '100' });
    response.write('{"t":"outcome"}\n', () => response.destroy());
  });
  const answer = await wire.send(get);
  expect(answer.complete).toBe(false);
  expect('{"t":"outcome"}\n').toContain(new TextDecoder().decode(answer.bytes));
});

test('no answer in time, a redirect and a closed door are all an unreachable centre', async () => {
  const silent = await wireTo(() => undefined);
  await expect(silent.send({ ...get, timeoutMs: 100 })).rejects.toMatchObject({ kind: 'serverUnreachable' });
  server?.closeAllConnections();
  server?.close();
  await expect(silent.send(get)).rejects.toMatchObject({ kind: 'serverUnreachable' });
  const redirecting = await wireTo((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end());
  await expect(redirecting.send(get)).rejects.toMatchObject({ kind: 'serverUnreachable' });
});

test('a request is given up when its session ends', async () => {
  const wire = await wireTo(() => undefined);
  const ended = new AbortController();
  const sent = wire.send({ ...get, signal: ended.signal });
  ended.abort();
  await expect(sent).rejects.toMatchObject({ kind: 'serverUnreachable' });
});

test('events are heard whole however they are cut, and a comment is a sign of life', async () => {
  const text = ': alive\n\nevent: poke\ndata: {"stream":"d:620102","head":7}\n\nevent: drain\ndata: {}\n\n';
  const wire = await wireTo((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = ([letter, ...rest]: readonly string[]): void => {
      if (letter === undefined) response.end();
      else response.write(letter, () => setImmediate(say, rest));
    };
    say(text.split(''));
  });
  const heard: string[][] = [];
  await wire.events('/sync/v1/events', 't', (name, data) => heard.push([name, data]), new AbortController().signal);
  expect(heard).toEqual([
    ['', ''],
    ['poke', '{"stream":"d:620102","head":7}'],
    ['drain', '{}'],
  ]);
});

test('events that a portal answers with a page are not from our centre', async () => {
  const wire = await wireTo((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
  const listening = wire.events('/sync/v1/events', 't', () => undefined, new AbortController().signal);
  await expect(listening).rejects.toMatchObject({ kind: 'notOurServer' });
});
