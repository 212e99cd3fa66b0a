import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CODES, type FaultKind } from '#shared/errors.ts';
import { outcome, PROTOCOL_VERSION } from '#shared/protocol/messages.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { commandOf, subjectArgs, taskArgs } from '../support/commands.ts';
import { type Asking, PASSWORD, type RunningCentre, runCentre } from './running-centre.ts';

let cluster: Cluster;
let running: RunningCentre;
let wang: Awaited<ReturnType<RunningCentre['signedIn']>>;

beforeAll(async () => {
  cluster = await startCluster();
}, 120_000);
afterAll(() => cluster.stop());

beforeEach(async () => {
  running = await runCentre(await cluster.newDatabase());
  wang = await running.signedIn('o-wang');
  return () => running.stop();
});

async function expectRefusal(answer: Response, kind: FaultKind): Promise<void> {
  const [code, status] = CODES[kind];
  expect([answer.status, await answer.json()]).toEqual([
    status,
    { code, message: expect.any(String), detail: expect.any(Object) },
  ]);
}

const pushBody = (...commands: unknown[]) => ({ device: wang.device, epoch: running.centre.store.epoch, commands });

async function pushed(...commands: unknown[]) {
  const answer = await running.ask('POST', '/sync/v1/push', { token: wang.token, json: pushBody(...commands) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const lines = (await answer.text()).trimEnd().split('\n');
  return lines.map((line) => outcome.parse(JSON.parse(line)));
}

const register = (id = 's1') => commandOf(wang, 'subjects.register', subjectArgs(id));
const epoch = () => running.centre.store.epoch;

test.each<readonly [string, FaultKind, string, string, () => Asking]>([
  ['no token', 'notSignedIn', 'GET', '/sync/v1/pull?stream=d:620102', () => ({ token: undefined })],
  ['a token nobody gave', 'notSignedIn', 'GET', '/sync/v1/pull?stream=d:620102', () => ({ token: `620102.${'a'.repeat(43)}` })],
  ['a stream without a grant', 'grantMissing', 'GET', '/sync/v1/pull?stream=d:620103', () => ({})],
  ['a snapshot without a grant', 'grantMissing', 'GET', '/sync/v1/snapshot?stream=d:620103', () => ({})],
  ['somebody’s own stream', 'grantMissing', 'GET', '/sync/v1/pull?stream=u:o-li', () => ({})],
  ['no stream', 'damagedCursor', 'GET', '/sync/v1/pull', () => ({})],
  ['two streams', 'damagedCursor', 'GET', '/sync/v1/pull?stream=city&stream=d:620102', () => ({})],
  ['a stream with a NUL', 'damagedCursor', 'GET', '/sync/v1/pull?stream=d:%00', () => ({})],
  ['a cursor that is no number', 'damagedCursor', 'GET', '/sync/v1/pull?stream=d:620102&seq=1e3', () => ({})],
  ['a damaged mark', 'damagedCursor', 'GET', '/sync/v1/pull?stream=d:620102&seq=1&mark=xyz', () => ({})],
  ['a foreign mark', 'cursorFork', 'GET', '/sync/v1/pull?stream=d:620102&seq=1&mark=0123456789abcdef', () => ({})],
  ['a cursor beyond the head', 'cursorFork', 'GET', '/sync/v1/pull?stream=d:620102&seq=99&mark=0123456789abcdef', () => ({})],
  ['an old protocol', 'protocolTooOld', 'GET', '/sync/v1/pull?stream=city', () => ({ headers: { 'x-sync-protocol': '0' } })],
  [
    'a foreign page',
    'foreignOrigin',
    'GET',
    '/sync/v1/pull?stream=city',
    () => ({ headers: { origin: 'https://evil.example' } }),
  ],
  ['a body that is no JSON', 'badMessage', 'POST', '/sync/v1/push', () => ({ body: '<html>' })],
  ['a body that is not UTF-8', 'badMessage', 'POST', '/sync/v1/push', () => ({ body: Uint8Array.of(34, 255, 34) })],
  ['no body', 'badMessage', 'POST', '/sync/v1/push', () => ({})],
  ['a push of nothing', 'badMessage', 'POST', '/sync/v1/push', () => ({ json: pushBody() })],
  [
    'a push of too many',
    'badMessage',
    'POST',
    '/sync/v1/push',
    () => ({ json: pushBody(...Array.from({ length: 201 }, () => ({}))) }),
  ],
  ['a mutation without an id', 'badMessage', 'POST', '/sync/v1/push', () => ({ json: pushBody({ name: 'x' }) })],
  [
    'a push for another history',
    'wrongEpoch',
    'POST',
    '/sync/v1/push',
    () => ({ json: { ...pushBody({}), epoch: randomUUID() } }),
  ],
  ['a key of the prototype', 'forbiddenKey', 'POST', '/sync/v1/push', () => ({ body: `{"device":{"__proto__":{"x":1}}}` })],
  ['nested a thousand deep', 'badMessage', 'POST', '/sync/v1/push', () => ({ body: '['.repeat(1000) + ']'.repeat(1000) })],
  ['a hello of another shape', 'badMessage', 'POST', '/sync/v1/hello', () => ({ json: { device: 'x' } })],
  ['a file nobody announced', 'notFound', 'GET', `/sync/v1/files/${'0'.repeat(64)}?district=620102`, () => ({})],
  ['a file that is no hash', 'notFound', 'GET', '/sync/v1/files/..%2f..%2fetc%2fpasswd?district=620102', () => ({})],
  ['an address that is none', 'notFound', 'GET', '/sync/v1/nothing', () => ({})],
])('%s is refused with %s', async (_what, kind, method, path, asking) => {
  const answer = await running.ask(method, path, { token: wang.token, ...asking() });
  await expectRefusal(answer, kind);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('a mutation that cannot be is refused alone, and the one after it is applied', async () => {
  await applyAsSystem(running.centre, '620102', [{ name: 'tasks.dispatch', args: taskArgs('t1', 's1'), at: 1 }]);
  const good = register();
  const outcomes = await pushed(
    commandOf(wang, 'tasks.review', { id: 't1' }),
    commandOf(wang, 'subjects.erase', { id: 's1' }),
    commandOf(wang, 'subjects.register', { ...subjectArgs('s1'), districtId: '620103', ver: 7 }),
    commandOf(wang, 'subjects.register', subjectArgs('s9'), { district: '620103' }),
    good,
    { ...good, args: subjectArgs('s1', { name: 'other' }) },
    commandOf(wang, 'subjects.edit', { id: 's1', changes: { demo: { from: true, to: false } } }),
    commandOf(wang, 'subjects.register', subjectArgs('s2')),
  );
  const kinds: readonly (FaultKind | null)[] = [
    'notPermitted',
    'unknownMutation',
    'badArgs',
    'grantMissing',
    null,
    'mutationReused',
    'badArgs',
    null,
  ];
  expect(outcomes.map(({ code }) => code)).toEqual(kinds.map((kind) => (kind === null ? undefined : CODES[kind][0])));
  expect(outcomes.every((one) => one.epoch === epoch())).toBe(true);
});

test('an illegal jump of state is refused with what would be allowed', async () => {
  const head = await running.signedIn('o-head', { roles: ['stationHead'] });
  await applyAsSystem(running.centre, '620102', [{ name: 'tasks.dispatch', args: taskArgs('t1', 's1'), at: 1 }]);
  const json = { ...pushBody(commandOf(head, 'tasks.review', { id: 't1' })), device: head.device };
  const answer = await running.ask('POST', '/sync/v1/push', { token: head.token, json });
  expect(JSON.parse(await answer.text())).toMatchObject({
    status: 'rejected',
    code: CODES.stateMoved[0],
    detail: { from: 'dispatched', to: 'reviewed', allowed: ['accepted', 'inProgress', 'cancelled'] },
  });
});

test('the sixth wrong password meets a locked account, known or unknown alike, and even the right one waits', async () => {
  for (const account of ['o-wang', 'nobody']) {
    for (let i = 0; i < 5; i++) await expectRefusal(await running.signIn(account, 'wrong'), 'wrongPassword');
    await expectRefusal(await running.signIn(account, 'wrong'), 'accountLocked');
  }
  await expectRefusal(await running.signIn('o-wang', PASSWORD), 'accountLocked');
  running.later(15 * 60 * 1000 + 1);
  expect((await running.signIn('o-wang', PASSWORD)).status).toBe(200);
});

test('guessing at one account faster than a person types is slowed down', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => running.signIn('o-wang', 'wrong')));
  const slowed = answers.filter(({ status }) => status === CODES.tooManyRequests[1]);
  expect(slowed.length).toBeGreaterThanOrEqual(9);
  expect(Number(slowed[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a session ends by signing out and by time, and opens nothing once the officer has left', async () => {
  const pull = (token: string) => running.ask('GET', '/sync/v1/pull?stream=city', { token });
  const li = await running.signedIn('o-li');
  const zhao = await running.signedIn('o-zhao');
  expect((await pull(li.token)).status).toBe(200);
  await running.ask('POST', '/auth/v1/sign-out', { token: li.token });
  await expectRefusal(await pull(li.token), 'sessionEnded');
  const leaves = { id: 'o-zhao', changes: { state: { from: 'active', to: 'left' } } };
  await applyAsSystem(running.centre, '620102', [{ name: 'officers.edit', args: leaves, at: 1 }]);
  await expectRefusal(await pull(zhao.token), 'grantMissing');
  running.later(14 * 24 * 3600 * 1000);
  await expectRefusal(await pull(wang.token), 'sessionEnded');
});

/** Sends a push over a bare socket: `more` is written again and again until the centre answers. */
function pushRaw(length: string, more: string): Promise<string> {
  const { port } = new URL(running.url);
  const lines = [
    'POST /sync/v1/push HTTP/1.1',
    'host: centre',
    'x-sync-protocol: 1',
    `authorization: Bearer ${wang.token}`,
    length,
  ];
  return new Promise((done, refuse) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1');
    const feed = (error?: Error | null): void => void (more !== '' && !error && socket.write(more, feed));
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, feed);
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      done(text);
      socket.destroy();
    });
    socket.on('error', refuse);
  });
}

test('a body of 100 MB is refused before it is read', async () => {
  const answer = await pushRaw(`content-length: ${100 * 1024 * 1024}`, '');
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain(CODES.bodyTooLarge[0]);
});

test('a body that never ends is refused at the limit', async () => {
  const chunk = `40000\r\n${'x'.repeat(0x40000)}\r\n`;
  expect(await pushRaw('transfer-encoding: chunked', chunk)).toMatch(/^HTTP\/1\.1 413 /);
});

test('without its database the centre says that it cannot now, and nothing of why', async () => {
  await running.database.sql.query('alter table session rename to session_away');
  const answer = await running.ask('GET', '/sync/v1/pull?stream=city', { token: wang.token });
  const text = await answer.clone().text();
  await expectRefusal(answer, 'overloaded');
  expect(text).not.toMatch(/session_away|relation|select|\.ts/);
  await running.database.sql.query('alter table session_away rename to session');
});

test('an officer who has left cannot sign in, and with a wrong password is told nothing of that', async () => {
  await running.signedIn('o-zhao');
  const leaves = { id: 'o-zhao', changes: { state: { from: 'active', to: 'left' } } };
  await applyAsSystem(running.centre, '620102', [{ name: 'officers.edit', args: leaves, at: 1 }]);
  await expectRefusal(await running.signIn('o-zhao', PASSWORD), 'notPermitted');
  await expectRefusal(await running.signIn('o-zhao', 'wrong'), 'wrongPassword');
});

test('a workstation of a later protocol is served: what it says beyond ours is ignored, and its mutations are decided', async () => {
  const later = { 'x-sync-protocol': '99' };
  const json = { ...pushBody({ ...register(), urgency: 'high', n: 4_000 }), mood: 'good' };
  const answer = await running.ask('POST', '/sync/v1/push', { token: wang.token, json, headers: later });
  expect([answer.status, answer.headers.get('x-sync-protocol')]).toEqual([200, String(PROTOCOL_VERSION)]);
  expect(JSON.parse(await answer.text())).toMatchObject({ status: 'applied' });
});
