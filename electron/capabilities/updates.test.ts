import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { updates } from './updates.ts';

async function folderWith(body: string, status = 200): Promise<string> {
  const server = createServer((request, response) => {
    response
      .writeHead(request.url === '/app/latest.yml' ? status : 404, status === 302 ? { location: '/elsewhere' } : {})
      .end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/app`;
}

test('without a configured folder nothing is asked', async () => {
  expect(await updates(undefined, '1.0.0').check()).toEqual({ state: 'unsupported' });
});

test.each([
  ['version: 1.2.0\n', { state: 'available', version: '1.2.0' }],
  ['version: 1.1.10\npath: x', { state: 'available', version: '1.1.10' }],
  ['version: 1.1.9', { state: 'none' }],
  ['version: 0.9.99', { state: 'none' }],
  ['<html>请先登录网络</html>', { state: 'none' }],
])('%j against 1.1.9', async (body, answer) => {
  expect(await updates(await folderWith(body), '1.1.9').check()).toEqual(answer);
});

test('a redirect, an error and a dead server count as nothing new', async () => {
  expect(await updates(await folderWith('version: 9.0.0', 302), '1.0.0').check()).toEqual({ state: 'none' });
  expect(await updates(await folderWith('version: 9.0.0', 500), '1.0.0').check()).toEqual({ state: 'none' });
  expect(await updates('http://127.0.0.1:9', '1.0.0').check()).toEqual({ state: 'none' });
});
