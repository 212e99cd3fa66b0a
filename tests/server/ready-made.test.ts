import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CODES } from '#shared/errors.ts';
import { Digests } from '#shared/protocol/digest.ts';
import { digestAnswer, type Segment, snapshotAnswer } from '#shared/protocol/messages.ts';
import { packAll } from '../../server/segments/pack.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { subjectArgs } from '../support/commands.ts';
import { pageOf } from '../support/read-page.ts';
import { type RunningCentre, runCentre } from './running-centre.ts';

const STREAM = 'd:620102';
const PULL = `/sync/v1/pull?stream=${STREAM}`;
let cluster: Cluster;
let running: RunningCentre;
let token: string;
let segment: Segment;

beforeAll(async () => {
  cluster = await startCluster();
  running = await runCentre(await cluster.newDatabase());
  ({ token } = await running.signedIn('o-wang'));
  const subjects = Array.from({ length: 2000 }, (_, i) => ({ name: 'subjects.register', args: subjectArgs(`s${i}`), at: 1 }));
  await applyAsSystem(running.centre, '620102', subjects);
  await packAll(running.centre, running.centre.now());
  const answer = await running.ask('GET', `/sync/v1/snapshot?stream=${STREAM}`, { token });
  const [first] = snapshotAnswer.parse(await answer.json()).segments;
  if (!first) throw new Error('nothing was packed');
  segment = first;
}, 120_000);
afterAll(async () => {
  await running.stop();
  await cluster.stop();
});

const get = (range?: string) =>
  running.ask('GET', `/sync/v1/segments/${segment.sha256}?stream=${STREAM}`, {
    token,
    headers: range === undefined ? {} : { range },
  });
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());

test('a segment is named by the hash of its bytes, comes whole or in part, and is kept by no cache', async () => {
  const answer = await get();
  const bytes = await bytesOf(answer);
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
    200,
    'application/gzip',
    'no-store',
  ]);
  expect([hash('sha256', bytes, 'hex'), bytes.length]).toEqual([segment.sha256, segment.bytes]);
  expect(gunzipSync(bytes).toString().trimEnd().split('\n')).toHaveLength(segment.rows);

  const [head, rest] = [await get('bytes=0-999'), await get('bytes=1000-')];
  expect([head.status, head.headers.get('content-range')]).toEqual([206, `bytes 0-999/${segment.bytes}`]);
  expect(Buffer.concat([await bytesOf(head), await bytesOf(rest)]).equals(bytes)).toBe(true);
});

test('a page leaves out what stands in segments, and comes packed beneath HTTP when asked for so', async () => {
  const rest = await running.ask('GET', `${PULL}&packed=${segment.no}`, { token });
  expect(pageOf(await rest.text()).rows).toHaveLength(0);
  const [packed, plain] = [await running.ask('GET', `${PULL}&enc=gzip`, { token }), await running.ask('GET', PULL, { token })];
  expect([packed.headers.get('content-type'), packed.headers.get('content-encoding')]).toEqual([
    'application/x-ndjson+gzip',
    null,
  ]);
  expect(gunzipSync(await bytesOf(packed)).toString()).toBe(await plain.text());
});

test('one copy is compared at a time; another one comes again later', async () => {
  const { seq, mark } = pageOf(await (await running.ask('GET', `${PULL}&packed=${segment.no}`, { token })).text());
  const digests = new Digests((text) => Buffer.from(text)).texts();
  const ask = () => running.ask('POST', '/sync/v1/digests', { token, json: { stream: STREAM, seq, mark, digests } });
  const answers = await Promise.all(Array.from({ length: 4 }, ask));
  const [compared, refused] = [answers.filter(({ ok }) => ok), answers.filter(({ ok }) => !ok)];
  expect(compared.length).toBeGreaterThanOrEqual(1);
  for (const answer of refused) expect(await answer.json()).toMatchObject({ code: CODES.overloaded[0] });
  const [first] = compared;
  // An empty copy has nothing where the centre has rows.
  expect(digestAnswer.parse(await first?.json()).differ.length).toBeGreaterThan(200);
  expect((await ask()).status).toBe(200);
});
