import { randomUUID } from 'node:crypto';
import { importJWK, jwtVerify } from 'jose';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CODES } from '#shared/errors.ts';
import { helloAnswer, leaseClaims, poke, signInAnswer } from '#shared/protocol/messages.ts';
import { endSessionsOf } from '../../server/identity/sessions.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { commandOf, pushAll, subjectArgs } from '../support/commands.ts';
import { pageOf } from '../support/read-page.ts';
import { ORIGIN, PASSWORD, type RunningCentre, runCentre } from './running-centre.ts';

const STREAM = 'd:620102';
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

const register = (id: string) => pushAll(running.centre, wang, [commandOf(wang, 'subjects.register', subjectArgs(id))]);

/** Listens to the centre's events; `next` resolves with the next event that has a name, or undefined at the end. */
async function listen(token: string): Promise<{ next(): Promise<{ name: string; data: unknown } | undefined> }> {
  const answer = await running.ask('GET', '/sync/v1/events', { token });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const block = async (): Promise<string | undefined> => {
    while (!rest.includes('\n\n')) {
      const { done, value = '' } = (await reader?.read()) ?? { done: true };
      if (done) return undefined;
      rest += value;
    }
    const [first = ''] = rest.split('\n\n', 1);
    rest = rest.slice(first.length + 2);
    return first;
  };
  expect(await block()).toBe(': listening');
  return {
    async next() {
      for (let text = await block(); text !== undefined; text = await block()) {
        const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(text) ?? [];
        if (name !== undefined && data !== undefined) return { name, data: JSON.parse(data) as unknown };
      }
      return undefined;
    },
  };
}

test('signing in gives a token, and a lease that the public key proves and that ends within seven days', async () => {
  const device = randomUUID();
  const answer = signInAnswer.parse(await (await running.signIn('o-wang', PASSWORD, device)).json());
  const { payload } = await jwtVerify(answer.lease, await importJWK(answer.leaseKey, 'EdDSA'), {
    currentDate: new Date(answer.now),
  });
  const claims = leaseClaims.parse(payload);
  expect(claims).toMatchObject({ sub: 'o-wang', account: 'o-wang', districtId: '620102', device, roles: ['officer'] });
  expect(claims.streams).toEqual(['city', 'u:o-wang', STREAM]);
  expect(claims.exp - claims.iat).toBeLessThanOrEqual(7 * 24 * 3600);
});

test('no token and no password stands in the database', async () => {
  const { rows } = await running.database.sql.query(
    'select (select json_agg(s) from session s)::text || (select json_agg(a) from account a)::text as everything',
  );
  const [{ everything } = { everything: '' }] = rows as readonly { everything: string }[];
  expect(everything).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  expect(everything).not.toContain(wang.token);
  expect(everything).not.toContain(PASSWORD);
});

test('hello, push and pull over HTTP carry what the protocol says, each with the epoch', async () => {
  const asked = { device: wang.device, deviceName: 'pc', app: '1', cursors: [], pending: 1, freeBytes: null, clock: 1 };
  const greeting = await running.ask('POST', '/sync/v1/hello', { token: wang.token, json: asked });
  const { streams, epoch } = helloAnswer.parse(await greeting.json());
  expect(streams.map(({ stream, plan }) => [stream, plan])).toEqual([
    ['city', 'load'],
    ['u:o-wang', 'load'],
    [STREAM, 'load'],
  ]);
  const commands = [commandOf(wang, 'subjects.register', subjectArgs('s1'))];
  const outcome = await running.ask('POST', '/sync/v1/push', {
    token: wang.token,
    json: { device: wang.device, epoch, commands },
  });
  expect(JSON.parse(await outcome.text())).toMatchObject({
    mid: commands[0]?.mid,
    epoch,
    status: 'applied',
    heads: { [STREAM]: 2 },
  });
  const page = await running.ask('GET', `/sync/v1/pull?stream=${STREAM}&seq=0&mark=`, { token: wang.token });
  expect(pageOf(await page.text())).toMatchObject({
    epoch,
    seq: 2,
    mine: commands[0]?.n,
    rows: [{ id: 'o-wang' }, { id: 's1' }],
  });
  for (const answer of [greeting, outcome, page]) {
    expect(answer.headers.get('x-sync-epoch')).toBe(epoch);
    expect(answer.headers.get('x-sync-protocol')).toBe('2');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  }
});

test('a page compressed and a page plain are the same page', async () => {
  await register('s1');
  const [packed, plain] = await Promise.all(
    ['gzip', 'identity'].map((encoding) =>
      running.ask('GET', `/sync/v1/pull?stream=${STREAM}`, { token: wang.token, headers: { 'accept-encoding': encoding } }),
    ),
  );
  if (!packed || !plain) throw new Error('no answer');
  expect([packed.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual(['gzip', null]);
  expect(await packed.text()).toBe(await plain.text());
});

test('who listens is poked at the commit, for granted streams alone', async () => {
  const zhao = await running.signedIn('o-zhao', { district: '620103', streams: ['d:620103'] });
  const events = await listen(zhao.token);
  await register('s1');
  await pushAll(running.centre, zhao, [commandOf(zhao, 'subjects.register', subjectArgs('z1'))]);
  const heard = await events.next();
  expect(heard?.name).toBe('poke');
  expect(poke.parse(heard?.data)).toEqual({ epoch: running.centre.store.epoch, stream: 'd:620103', head: 2 });
});

test('what another process committed is found without being told', async () => {
  const events = await listen(wang.token);
  await applyAsSystem({ ...running.centre, committed: () => undefined }, '620102', [
    { name: 'subjects.register', args: subjectArgs('s1'), at: 1 },
  ]);
  const heads = new Map<string, number>();
  for (let heard = await events.next(); !heads.has(STREAM) && heard; heard = await events.next()) {
    const { stream, head } = poke.parse(heard.data);
    heads.set(stream, head);
    if (stream === STREAM) break;
  }
  expect(heads.get(STREAM)).toBe(2);
});

test('who gets or loses a grant is told and asks anew', async () => {
  const events = await listen(wang.token);
  await applyAsSystem(running.centre, '620102', [
    { name: 'grants.withdraw', args: { id: `g-o-wang-${STREAM}`, until: 1 }, at: 1 },
  ]);
  expect(await events.next()).toMatchObject({ name: 'poke', data: { stream: 'u:o-wang' } });
  expect(await events.next()).toEqual({ name: 'grant', data: {} });
  expect(await events.next()).toBeUndefined();
});

test('listening ends when the session is ended', async () => {
  const events = await listen(wang.token);
  await endSessionsOf(running.database.sql, wang, running.centre.now());
  for (let heard = await events.next(); heard; heard = await events.next()) expect(heard.name).toBe('poke');
  expect((await running.ask('GET', '/sync/v1/events', { token: wang.token })).status).toBe(CODES.sessionEnded[1]);
});

test('stopping tells those who listen and finishes what is under way', async () => {
  const events = await listen(wang.token);
  const pages = Array.from({ length: 8 }, () => running.ask('GET', `/sync/v1/pull?stream=${STREAM}`, { token: wang.token }));
  await Promise.all(pages);
  await running.stop();
  expect(await events.next()).toEqual({ name: 'drain', data: {} });
  expect(await events.next()).toBeUndefined();
  for (const page of pages) expect(pageOf(await (await page).text()).rows).toHaveLength(1);
});

test('the workstation’s page may ask, and says which headers it sends', async () => {
  const headers = { origin: ORIGIN, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
  const may = await running.ask('OPTIONS', '/sync/v1/push', { headers });
  expect([may.status, may.headers.get('access-control-allow-origin')]).toEqual([204, ORIGIN]);
  expect(may.headers.get('access-control-allow-headers')).toContain('x-sync-protocol');
  const refused = await running.ask('GET', '/sync/v1/pull', { headers: { origin: ORIGIN } });
  expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
});

test('health and counters tell how the centre does and nobody’s name', async () => {
  await running.ask('GET', `/sync/v1/pull?stream=${STREAM}`, { token: wang.token });
  expect(await (await running.ask('GET', '/healthz')).json()).toEqual({
    ok: true,
    draining: false,
    database: true,
    migrations: true,
    disk: true,
  });
  const text = await (await running.ask('GET', '/metrics')).text();
  expect(text).toContain('centre_requests_total{method="GET",route="/sync/v1/pull",status="200"} 1');
  expect(text).not.toMatch(/wang|620102/);
});

test('the log names routes and statuses, and nobody, nothing an officer wrote and no token', async () => {
  await running.stop();
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  running = await runCentre(await cluster.newDatabase(), log);
  const li = await running.signedIn('o-li');
  const json = {
    device: li.device,
    epoch: running.centre.store.epoch,
    commands: [commandOf(li, 'subjects.register', subjectArgs('s1'))],
  };
  const headers = { 'user-agent': 'x {"level":30,"msg":"forged"}' };
  await running.ask('POST', '/sync/v1/push', { token: li.token, json, headers });
  await running.ask('GET', `/sync/v1/pull?stream=${STREAM}&mark=secret`, { token: li.token });
  await running.signIn('o-li', 'wrong');
  const text = lines.join('');
  expect(lines.filter((line) => line.includes('"msg":"request"'))).toHaveLength(4);
  expect(text).toContain('"route":"/sync/v1/push","status":200');
  for (const secret of ['o-li', li.token, PASSWORD, 'wrong', '演示', 'secret', 'forged']) expect(text).not.toContain(secret);
});
