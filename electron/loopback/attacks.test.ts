import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { callFrame, openedFrame, openLoopback, passOf, send } from '../../tests/electron-shim/loopback.ts';

type Headers = Readonly<Record<string, string>>;

const identity = callFrame({ call: 'app.identity' });
const without = (headers: Headers, name: string): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

test('nothing is told to a stranger on this computer: no page, no file, no call', async () => {
  const { origin } = await openLoopback();
  for (const path of ['/', '/index.html', '/assets/x.js', '/__host/call']) {
    const answer = await send(origin, path, { method: path.endsWith('call') ? 'POST' : 'GET' });
    expect(answer.status).toBe(401);
    expect(answer.body.toString()).not.toContain('<p>page</p>');
  }
});

test('a ticket opens one window once; a wrong one, an empty one and a used one open none', async () => {
  const shell = await openLoopback();
  const { pathname, search } = new URL(shell.url);
  const first = await send(shell.origin, pathname + search);
  expect(first.status).toBe(303);
  expect(String(first.headers['set-cookie'])).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  for (const path of [pathname + search, '/__open', '/__open?ticket=', '/__open?ticket=AAAA', '/__open?ticket=__proto__']) {
    expect(await send(shell.origin, path)).toMatchObject({
      status: 403,
      headers: expect.not.objectContaining({ 'set-cookie': expect.anything() }),
    });
  }
  const pass = await passOf({ origin: shell.origin, url: shell.newTicket() });
  expect((await send(shell.origin, '/', { headers: pass })).body.toString()).toContain('page');
});

test('a foreign name that resolves to this computer is turned away, ticket and cookie notwithstanding', async () => {
  const shell = await openLoopback();
  const pass = await passOf(shell);
  const { port } = new URL(shell.origin);
  const foreign = ['evil.example', `evil.example:${port}`, `localhost:${port}`, '127.0.0.1', `127.0.0.1:${port}.evil.example`];
  for (const host of foreign) {
    expect((await send(shell.origin, '/', { headers: { ...pass, host } })).status).toBe(403);
    const { pathname, search } = new URL(shell.newTicket());
    expect((await send(shell.origin, pathname + search, { headers: { host } })).status).toBe(403);
  }
});

test.each([
  ['of a foreign page', 403, (pass: Headers) => ({ ...pass, origin: 'https://evil.example' })],
  ['of a sandboxed frame', 403, (pass: Headers) => ({ ...pass, origin: 'null' })],
  ['of another port', 403, (pass: Headers) => ({ ...pass, origin: 'http://127.0.0.1:1' })],
  ['without an origin', 403, (pass: Headers) => without(pass, 'origin')],
  ['of a plain form', 403, (pass: Headers) => without(pass, 'x-workstation')],
  ['without the cookie', 401, (pass: Headers) => without(pass, 'cookie')],
  ['with a guessed cookie', 401, (pass: Headers) => ({ ...pass, cookie: `${pass['cookie']?.split('=')[0]}=${'A'.repeat(43)}` })],
])('a call %s is refused', async (_whose, status, forge) => {
  const shell = await openLoopback();
  const pass = await passOf(shell);
  const answer = await send(shell.origin, '/__host/call', { method: 'POST', headers: forge(pass), body: identity });
  expect([answer.status, answer.body.toString('latin1')]).toEqual([status, expect.not.stringContaining('deviceId')]);
});

test.each([
  ['unknown', { call: 'files.remove' }, 'hostRefused'],
  ['a prototype', { call: '__proto__' }, 'hostRefused'],
  ['a method of every object', { call: 'app.constructor' }, 'hostRefused'],
  ['no text', { call: ['app.identity'] }, 'hostRefused'],
  ['missing', {}, 'hostRefused'],
  ['of wrong arguments', { call: 'journal.read', args: { lane: '../x' } }, 'badArgs'],
])('a call that is %s is refused by name', async (_what, message, kind) => {
  const shell = await openLoopback();
  const answer = await send(shell.origin, '/__host/call', {
    method: 'POST',
    headers: await passOf(shell),
    body: callFrame(message),
  });
  expect(openedFrame(answer)).toMatchObject({ ok: false, kind });
});

const raw = (json: string): Uint8Array => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(json));
  return Buffer.concat([length, Buffer.from(json)]);
};

test.each([
  [
    'a key that reaches the prototype',
    raw('{"call":"marker.set","args":{"name":"a","text":"b","__proto__":{"owned":1}}}'),
    'forbiddenKey',
  ],
  ['a constructor key', raw('{"call":"marker.set","constructor":{"prototype":{"owned":1}}}'), 'forbiddenKey'],
  ['no JSON', raw('{'), 'badMessage'],
  ['a bare null', raw('null'), 'badMessage'],
  ['three bytes', Buffer.from([0, 0, 0]), 'badMessage'],
  ['a length beyond its end', Buffer.from([255, 255, 255, 255, 1]), 'badMessage'],
  ['bytes that are not there', raw('{"call":"files.putBlob","args":{"bytes":{"$bytes":[0,99]}}}'), 'badMessage'],
  ['bytes before the beginning', raw('{"call":"files.putBlob","args":{"bytes":{"$bytes":[-1,1]}}}'), 'badMessage'],
  ['text that is not UTF-8', Buffer.concat([Buffer.from([0, 0, 0, 3]), Buffer.from([0x22, 0xff, 0x22])]), 'badMessage'],
])('a body with %s is refused', async (_what, body, kind) => {
  const shell = await openLoopback();
  const answer = await send(shell.origin, '/__host/call', { method: 'POST', headers: await passOf(shell), body });
  expect(openedFrame(answer)).toMatchObject({ ok: false, kind });
  expect(Object.hasOwn(Object.prototype, 'owned')).toBe(false);
});

test('a body over 16 MiB is refused, whether it says so beforehand or not', async () => {
  const shell = await openLoopback();
  const headers = await passOf(shell);
  const declared = { ...headers, 'content-length': String(100 * 1024 * 1024) };
  const early = await send(shell.origin, '/__host/call', { method: 'POST', headers: declared, body: identity });
  expect([early.status, openedFrame(early)]).toEqual([413, expect.objectContaining({ kind: 'bodyTooLarge' })]);
  const long = new Uint8Array(16 * 1024 * 1024 + 1);
  const streamed = send(shell.origin, '/__host/call', {
    method: 'POST',
    headers: { ...headers, 'transfer-encoding': 'chunked' },
    body: long,
  });
  // The connection may end while the rest is still being sent; what counts is that it is not answered with 200.
  expect(
    await streamed.then(
      ({ status }) => status,
      () => 413,
    ),
  ).toBe(413);
});

test('a path never leaves the page’s folder, however it is written', async () => {
  const shell = await openLoopback();
  const headers = await passOf(shell);
  const paths = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%ff',
    '//etc/passwd',
    'http://evil.example/',
    '*',
  ];
  for (const path of paths) {
    const { status, body } = await send(shell.origin, path, { headers });
    expect([path, status >= 400, body.toString()]).toEqual([path, true, expect.not.stringContaining('secret')]);
  }
});

test('a page is asked for by reading alone', async () => {
  const shell = await openLoopback();
  const headers = await passOf(shell);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect((await send(shell.origin, '/index.html', { method, headers })).status).toBe(405);
  }
  expect((await send(shell.origin, '/__host/call', { headers })).status).toBe(405);
});

test('events reach our page alone, and a page that speaks is cut off', async () => {
  const shell = await openLoopback();
  const { cookie = '', origin = '' } = await passOf(shell);
  const address = `${shell.origin.replace('http', 'ws')}/__host/events`;
  const outcome = (headers: Headers, url = address): Promise<string> =>
    new Promise((done) => {
      const socket = new WebSocket(url, { headers });
      socket.on('open', () => socket.send('hello'));
      socket.on('close', (code) => done(`closed ${code}`));
      socket.on('error', (error) => done(error.message));
    });
  const refused = 'Unexpected server response: 403';
  expect(await outcome({ cookie })).toBe(refused);
  expect(await outcome({ cookie, origin: 'https://evil.example' })).toBe(refused);
  expect(await outcome({ origin })).toBe(refused);
  expect(await outcome({ cookie, origin }, address.replace('events', 'other'))).toBe(refused);
  expect(await outcome({ cookie, origin })).toBe('closed 1008');
});
