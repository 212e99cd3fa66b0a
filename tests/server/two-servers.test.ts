/**
 * Two servers as an administrator starts them, over one PostgreSQL and one folder of files: sixteen officers push through both
 * while one of them is stopped.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CODES, faultKindOf } from '#shared/errors.ts';
import { type Outcome, outcome, poke, refusalBody, signInAnswer } from '#shared/protocol/messages.ts';
import { settleEpoch } from '../../server/epoch/settle-epoch.ts';
import { putAccounts } from '../../server/identity/accounts.ts';
import { pgCentre } from '../../server/store/pg/pg-centre.ts';
import { openDatabase } from '../../server/store/pg/pool.ts';
import type { Session } from '../../server/sync/centre.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { centreOf, enrol } from '../support/centre-of.ts';
import { commandOf, subjectArgs } from '../support/commands.ts';
import { pageOf } from '../support/read-page.ts';
import { endProgram, headersFor, post, type Started, startProgram } from './started-centre.ts';

const STREAM = 'd:620102';
const PASSWORD = 'secret-secret';
const WRITERS = 16;
const ROUNDS = 12;

let cluster: Cluster;
let folder: string;
let servers: readonly [Started, Started];
let epoch: string;
const officers: (Session & { readonly token: string })[] = [];

beforeAll(async () => {
  cluster = await startCluster({ durable: true });
  const url = await cluster.newDatabase();
  folder = mkdtempSync(join(tmpdir(), 'two-servers-'));
  const database = openDatabase(url);
  const centre = centreOf(pgCentre(database, await settleEpoch(database, randomUUID())), { mark: () => randomBytes(8) });
  const sessions: Session[] = [];
  for (let i = 0; i < WRITERS; i++) sessions.push(await enrol(centre, `o${i}`, { device: randomUUID() }));
  const accounts = sessions.map(({ officerId, districtId }) => ({ account: officerId, districtId, officerId }));
  await putAccounts(database.sql, accounts, { password: PASSWORD, demo: false });
  await database.close();
  const start = (name: string) =>
    startProgram(join(folder, name), { DATABASE_URL: url, FILES_DIR: join(folder, 'files'), DRAIN_MS: '1500' });
  servers = [await start('first'), await start('second')];
  for (const [i, session] of sessions.entries()) {
    const asked = { account: session.officerId, password: PASSWORD, device: session.device, deviceName: 'pc' };
    const answer = signInAnswer.parse(await (await post(servers[i % 2] ?? servers[0], '/auth/v1/sign-in', asked)).json());
    ({ epoch } = answer);
    officers.push({ ...session, token: answer.token });
  }
}, 180_000);

afterAll(async () => {
  for (const { child } of servers) await endProgram(child, 'SIGTERM');
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What one push got: outcomes of what was decided, whatever became of the rest. A refusal that must not be tried again throws. */
async function push(server: Started, { device, token }: Session & { readonly token: string }, commands: readonly unknown[]) {
  const said: Outcome[] = [];
  try {
    const answer = await post(server, '/sync/v1/push', { device, epoch, commands }, token);
    const text = await answer.text();
    if (answer.ok) {
      for (const line of text.split('\n').slice(0, -1)) said.push(outcome.parse(JSON.parse(line)));
    } else {
      const { code } = refusalBody.parse(JSON.parse(text));
      const kind = faultKindOf(code) ?? 'internal';
      if (!CODES[kind][2]) throw new Error(`refused for good: ${code}`);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the line broke, or nobody is there any more
  }
  return said;
}

/** Everything pushed until each is decided: through one server, and through the other when the one does not answer. */
async function write(at: number, rejected: Outcome[], decided: (count: number) => void): Promise<readonly string[]> {
  const officer = officers[at];
  if (!officer) throw new Error('no such officer');
  const mine: string[] = [];
  for (let round = 0, server = at % 2; round < ROUNDS; round++) {
    let waiting = [0, 1, 2].map((part) => commandOf(officer, 'subjects.register', subjectArgs(`s${at}-${round}-${part}`)));
    mine.push(...waiting.map(({ args }) => String(args['id'])));
    while (waiting.length > 0) {
      const said = await push(servers[server] ?? servers[0], officer, waiting);
      rejected.push(...said.filter(({ status }) => status === 'rejected'));
      waiting = waiting.filter(({ mid }) => !said.some((one) => one.mid === mid));
      decided(said.length);
      if (said.length === 0) server = 1 - server;
    }
  }
  return mine;
}

interface Ear {
  readonly ended: Promise<void>;
  readonly events: readonly string[];
  head(): number;
}

async function listen({ address }: Started, token: string): Promise<Ear> {
  const answer = await fetch(`${address}/sync/v1/events`, { headers: headersFor(token) });
  const events: string[] = [];
  let head = 0;
  const ended = (async () => {
    let rest = '';
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      rest += text;
      for (let end = rest.indexOf('\n\n'); end !== -1; end = rest.indexOf('\n\n')) {
        const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(rest.slice(0, end)) ?? [];
        rest = rest.slice(end + 2);
        events.push(name);
        if (name !== 'poke') continue;
        const heard = poke.parse(JSON.parse(data));
        if (heard.stream === STREAM) ({ head } = heard);
      }
    }
  })();
  // A line that breaks ends the listening as the server's own end does.
  return { ended: ended.catch(() => undefined), events, head: () => head };
}

test('one of two servers is stopped amid pushes: nobody is refused for good, nothing is lost or doubled, and the other tells of everything', async () => {
  const [first, second] = servers;
  const token = officers[0]?.token ?? '';
  const [leaving, staying] = [await listen(first, token), await listen(second, token)];

  let count = 0;
  const third = Promise.withResolvers<undefined>();
  const rejected: Outcome[] = [];
  const writing = Promise.all(
    officers.map((_officer, at) =>
      write(at, rejected, (more) => {
        count += more;
        if (count > WRITERS * ROUNDS) third.resolve(undefined);
      }),
    ),
  );
  await third.promise;
  const stopped = endProgram(first.child, 'SIGTERM');
  const health = async () => (await fetch(`${first.address}/healthz`)).json() as Promise<{ ok: boolean; draining: boolean }>;
  let state = await health();
  while (!state.draining) state = await health();
  expect(state.ok).toBe(false);
  const refused = await fetch(`${first.address}/sync/v1/pull?stream=${STREAM}`, { headers: headersFor(token) });
  expect(await refused.json()).toMatchObject({ code: CODES.draining[0] });

  const written = (await writing).flat();
  expect(await stopped).toBe(0);
  await leaving.ended;
  expect(leaving.events.at(-1)).toBe('drain');
  expect(rejected).toEqual([]);

  const page = pageOf(
    await (await fetch(`${second.address}/sync/v1/pull?stream=${STREAM}`, { headers: headersFor(token) })).text(),
  );
  expect(page.more).toBe(false);
  const subjects = page.rows.filter(({ k }) => k === 6);
  expect(subjects.map(({ id }) => id).toSorted()).toEqual(written.toSorted());
  expect(subjects.every((row) => 'v' in row && row.v === 1)).toBe(true);
  expect(page.seq).toBe(WRITERS + written.length);
  while (staying.head() < page.seq) await new Promise((done) => setTimeout(done, 20));
  expect(staying.head()).toBe(page.seq);
}, 180_000);
