import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CODES, type FaultKind } from '#shared/errors.ts';
import { LIMITS } from '#shared/protocol/messages.ts';
import { FileStore } from '../../server/files/file-store.ts';
import { type Cluster, startCluster } from '../pg/cluster.ts';
import { commandOf, pushAll, subjectArgs } from '../support/commands.ts';
import { pageOf } from '../support/read-page.ts';
import { ORIGIN, type RunningCentre, runCentre } from './running-centre.ts';

const DAY_MS = 24 * 3600_000;
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
  await pushAll(running.centre, wang, [commandOf(wang, 'subjects.register', subjectArgs('s1'))]);
  return () => running.stop();
});

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

function jpeg(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(randomBytes(size));
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

async function announce(bytes: Uint8Array, over: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const sha256 = sha(bytes);
  const args = {
    id: `a-${sha256.slice(0, 8)}`,
    ownerTable: 'subjects',
    ownerId: 's1',
    sha256,
    thumbSha256: null,
    sizeBytes: bytes.length,
    mime: 'image/jpeg',
    caption: '',
    takenAt: 1,
    takenBy: 'o-wang',
    state: 'announced',
    ...over,
  };
  const [outcome] = await pushAll(running.centre, wang, [commandOf(wang, 'attachments.announce', args)]);
  expect(outcome?.status).toBe('applied');
  return sha256;
}

const tus = (
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: Uint8Array<ArrayBuffer>,
  token = wang.token,
) =>
  running.ask(method, `/sync/v1/uploads${path}`, {
    token,
    headers: { 'tus-resumable': '1.0.0', ...headers },
    ...(body === undefined ? {} : { body }),
  });

const begin = (sha256: string, length: number, token = wang.token, district = '620102') =>
  tus(
    'POST',
    '',
    { 'upload-length': String(length), 'upload-metadata': `sha256 ${base64(sha256)},district ${base64(district)}` },
    undefined,
    token,
  );

const at = (sha256: string, district = '620102') => `/${district}/${sha256}`;

const part = (sha256: string, offset: number, bytes: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = {}) =>
  tus(
    'PATCH',
    at(sha256),
    {
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      'upload-checksum': `sha256 ${createHash('sha256').update(bytes).digest('base64')}`,
      ...headers,
    },
    bytes,
  );

const stands = ({ headers }: Response) => headers.get('upload-offset');
const stored = ({ headers }: Response) => headers.get('x-sync-stored');

async function expectRefusal(answer: Response, kind: FaultKind): Promise<void> {
  expect([answer.status, ((await answer.json()) as { readonly code: string }).code]).toEqual([CODES[kind][1], CODES[kind][0]]);
}

const offsetOf = async (sha256: string) => stands(await tus('HEAD', at(sha256)));

async function stateOf(sha256: string): Promise<unknown> {
  const { rows } = await running.database.sql.query('select state from attachments where "districtId" = $1 and sha256 = $2', [
    '620102',
    sha256,
  ]);
  return (rows[0] as { readonly state: unknown } | undefined)?.state;
}

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? one.name : []))
    : [];
const parts = () => join(running.dataDir, 'files/parts');

test('a file goes up in parts, is said in the district’s stream once its hash is proven, and comes back byte by byte', async () => {
  const bytes = jpeg(1000);
  const sha256 = await announce(bytes);
  const path = `/sync/v1/files/${sha256}?district=620102`;
  expect((await running.ask('GET', path, { token: wang.token })).status).toBe(404);

  const begun = await begin(sha256, bytes.length);
  expect([begun.status, stands(begun), stored(begun)]).toEqual([201, '0', null]);
  expect(begun.headers.get('location')).toBe(`/sync/v1/uploads/620102/${sha256}`);
  const first = await part(sha256, 0, bytes.slice(0, 600));
  expect([first.status, stands(first), stored(first), first.headers.get('tus-resumable')]).toEqual([204, '600', null, '1.0.0']);
  expect(Date.parse(first.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now() + 6 * DAY_MS);
  expect(await stateOf(sha256)).toBe('announced');
  const last = await part(sha256, 600, bytes.slice(600));
  expect([last.status, stands(last), stored(last)]).toEqual([204, '1000', sha256]);

  const page = pageOf(await (await running.ask('GET', '/sync/v1/pull?stream=d:620102', { token: wang.token })).text());
  expect(page.rows.at(-1)).toMatchObject({ v: 2, r: { state: 'stored' } });
  const back = await running.ask('GET', path, { token: wang.token });
  expect(new Uint8Array(await back.arrayBuffer())).toEqual(bytes);
  expect(['content-type', 'content-disposition', 'x-content-type-options'].map((name) => back.headers.get(name))).toEqual([
    'application/octet-stream',
    'attachment',
    'nosniff',
  ]);
  expect(back.headers.get('content-security-policy')).toContain('sandbox');
  expect(filesIn(join(running.dataDir, 'files'))).toEqual([sha256]);
});

test('begun again by the same officer it goes on where it stands; stored, it needs no bytes', async () => {
  const bytes = jpeg(500);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes.slice(0, 200));
  const again = await begin(sha256, bytes.length);
  expect([again.status, stands(again), stored(again)]).toEqual([201, '200', null]);
  await part(sha256, 200, bytes.slice(200));
  const whole = await begin(sha256, bytes.length);
  expect([whole.status, stands(whole), stored(whole)]).toEqual([200, '500', sha256]);
  expect(stored(await tus('HEAD', at(sha256)))).toBe(sha256);
});

test('what another officer sends in parts spoils nothing of mine', async () => {
  const bytes = jpeg(500);
  const sha256 = await announce(bytes);
  const li = await running.signedIn('o-li');
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes.slice(0, 200));
  expect(stands(await begin(sha256, bytes.length, li.token))).toBe('0');
  expect(await offsetOf(sha256)).toBe('200');
});

test('a part elsewhere, damaged, too long or after the end is refused, and the bytes stand as they did', async () => {
  const bytes = jpeg(500);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes.slice(0, 200));
  await expectRefusal(await part(sha256, 0, bytes.slice(0, 200)), 'uploadMoved');
  await expectRefusal(await part(sha256, 300, bytes.slice(300)), 'uploadMoved');
  const damaged = bytes.slice(200);
  const sum = createHash('sha256').update(damaged).digest('base64');
  damaged[0] = (damaged[0] ?? 0) ^ 1;
  await expectRefusal(await part(sha256, 200, damaged, { 'upload-checksum': `sha256 ${sum}` }), 'partDamaged');
  await expectRefusal(await part(sha256, 200, jpeg(301)), 'bodyTooLarge');
  await expectRefusal(await part(sha256, 200, jpeg(LIMITS.partBytes + 1)), 'bodyTooLarge');
  expect(await offsetOf(sha256)).toBe('200');
  expect(stored(await part(sha256, 200, bytes.slice(200)))).toBe(sha256);
  await expectRefusal(await part(sha256, 500, bytes.slice(0, 1)), 'uploadMoved');
  await expectRefusal(await part(sha256, 0, bytes), 'uploadMoved');
  expect(readFileSync(join(running.dataDir, 'files', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(true);
});

test('bytes with another hash are refused and forgotten; the row stays announced', async () => {
  const bytes = jpeg(300);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await expectRefusal(await part(sha256, 0, jpeg(300)), 'badArgs');
  expect([await stateOf(sha256), filesIn(join(running.dataDir, 'files'))]).toEqual(['announced', []]);
  expect((await tus('HEAD', at(sha256))).status).toBe(CODES.uploadGone[1]);
});

test.each([
  ['a program named as a photograph', 'image/jpeg', 'MZ\u0090\0\u0003\0'],
  ['a web page', 'text/html', '<!doctype html><script>alert(1)</script>'],
  ['a drawing with a script', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
])('%s is refused and not kept', async (_what, mime, text) => {
  const bytes = Uint8Array.from(Buffer.from(text, 'latin1'));
  const sha256 = await announce(bytes, { mime });
  await begin(sha256, bytes.length);
  await expectRefusal(await part(sha256, 0, bytes), 'wrongContent');
  expect([await stateOf(sha256), filesIn(join(running.dataDir, 'files'))]).toEqual(['announced', []]);
});

test('a thumbnail goes up under its own hash and says nothing of the original', async () => {
  const [bytes, small] = [jpeg(60_000), jpeg(400)];
  const sha256 = await announce(bytes, { thumbSha256: sha(small) });
  expect((await begin(sha(small), small.length)).status).toBe(201);
  expect(stored(await part(sha(small), 0, small))).toBe(sha(small));
  const back = await running.ask('GET', `/sync/v1/files/${sha(small)}?district=620102`, { token: wang.token });
  expect(new Uint8Array(await back.arrayBuffer())).toEqual(small);
  expect(await stateOf(sha256)).toBe('announced');
});

test('a length that was not announced, a thumbnail too large, a file over the limit are refused before any byte', async () => {
  const [bytes, small] = [jpeg(60_000), jpeg(LIMITS.thumbnailBytes + 1)];
  const sha256 = await announce(bytes, { thumbSha256: sha(small) });
  await expectRefusal(await begin(sha256, 59_999), 'badArgs');
  await expectRefusal(await begin(sha(small), small.length), 'badArgs');
  await expectRefusal(await begin(sha256, LIMITS.fileBytes + 1), 'bodyTooLarge');
  await expectRefusal(await tus('POST', '', { 'upload-length': '1e3' }), 'badMessage');
});

test('what nobody announced, another district’s and no address at all are refused alike', async () => {
  const bytes = jpeg(300);
  const sha256 = await announce(bytes);
  const zhao = await running.signedIn('o-zhao', { district: '620103', streams: ['d:620103'] });
  const refusals = await Promise.all(
    [
      begin(sha256, 300, zhao.token),
      begin(sha256, 300, zhao.token, '620103'),
      begin('0'.repeat(64), 300),
      begin('../../../etc/passwd', 300),
      tus('PATCH', at('..%2f..%2fetc'), { 'upload-offset': '0' }, bytes),
      tus('DELETE', at(sha256, '620103')),
      running.ask('GET', `/sync/v1/files/${sha256}?district=620102`, { token: zhao.token }),
    ].map(async (asked) => (await asked).text()),
  );
  expect(new Set(refusals).size).toBe(1);
  expect(JSON.parse(refusals[0] ?? '')).toMatchObject({ code: CODES.notFound[0] });
});

test('an upload nobody goes on with is gone after seven days, at a sweep from the disk too', async () => {
  const bytes = jpeg(300);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes.slice(0, 100));
  writeFileSync(join(parts(), 'half-written'), 'x');
  const files = new FileStore(join(running.dataDir, 'files'));
  await files.sweep(Date.now() + 6 * DAY_MS);
  expect(await offsetOf(sha256)).toBe('100');
  const [key = ''] = readdirSync(parts()).filter((name) => name !== 'half-written');
  utimesSync(join(parts(), key), new Date(), new Date(Date.now() - 7 * DAY_MS));
  expect((await tus('HEAD', at(sha256))).status).toBe(CODES.uploadGone[1]);
  await expectRefusal(await part(sha256, 100, bytes.slice(100)), 'uploadGone');
  await files.sweep(Date.now() + 7 * DAY_MS + 60_000);
  expect(filesIn(parts())).toEqual([]);
  expect(stands(await begin(sha256, bytes.length))).toBe('0');
});

test('an upload that is given up begins anew; a stored file stays', async () => {
  const bytes = jpeg(300);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes.slice(0, 100));
  expect((await tus('DELETE', at(sha256))).status).toBe(204);
  expect((await tus('HEAD', at(sha256))).status).toBe(CODES.uploadGone[1]);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes);
  expect((await tus('DELETE', at(sha256))).status).toBe(204);
  expect(stored(await tus('HEAD', at(sha256)))).toBe(sha256);
});

test('a centre killed between the last part and its decision decides when asked with an empty part', async () => {
  const bytes = jpeg(300);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes.slice(0, 200));
  const [key = ''] = readdirSync(parts());
  writeFileSync(join(parts(), key, '200'), bytes.slice(200));
  const [head, again] = [await tus('HEAD', at(sha256)), await begin(sha256, bytes.length)];
  expect([stands(head), stored(head), stands(again), stored(again)]).toEqual(['300', null, '300', null]);
  expect(stored(await part(sha256, 300, new Uint8Array()))).toBe(sha256);
  expect(await stateOf(sha256)).toBe('stored');
});

test('a centre killed between the bytes and their row says so when it is asked again', async () => {
  const bytes = jpeg(300);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  await part(sha256, 0, bytes);
  await running.database.sql.query(`update attachments set state = 'announced' where "districtId" = '620102' and sha256 = $1`, [
    sha256,
  ]);
  expect(stored(await begin(sha256, bytes.length))).toBe(sha256);
  expect(await stateOf(sha256)).toBe('stored');
});

test('the same part many times at once counts once, and the file is whole', async () => {
  const bytes = jpeg(4000);
  const sha256 = await announce(bytes);
  await begin(sha256, bytes.length);
  for (let offset = 0; offset < bytes.length; offset += 1000) {
    const answers = await Promise.all(Array.from({ length: 5 }, () => part(sha256, offset, bytes.slice(offset, offset + 1000))));
    const taken = answers.filter(({ status }) => status === 204).length;
    // Once the last part decided, another may hear where the file stands instead of its own refusal.
    expect(taken).toBeGreaterThanOrEqual(1);
  }
  expect(stored(await tus('HEAD', at(sha256)))).toBe(sha256);
  expect(readFileSync(join(running.dataDir, 'files', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(true);
  expect(filesIn(parts())).toEqual([]);
});

test('what tus a centre speaks is told; another is refused', async () => {
  const told = await tus('OPTIONS', '');
  expect([told.status, told.headers.get('tus-version'), told.headers.get('tus-extension')]).toEqual([
    204,
    '1.0.0',
    'creation,checksum,expiration,termination',
  ]);
  expect(told.headers.get('tus-checksum-algorithm')).toContain('sha256');
  await expectRefusal(await tus('POST', '', { 'tus-resumable': '0.2.2' }), 'badMessage');
  const sha256 = await announce(jpeg(10));
  await expectRefusal(await part(sha256, 0, jpeg(10), { 'upload-checksum': 'crc32 x' }), 'badMessage');
});

test('the workstation’s page may send parts, and read where they stand', async () => {
  const headers = { origin: ORIGIN, 'access-control-request-method': 'PATCH' };
  const may = await running.ask('OPTIONS', `/sync/v1/uploads${at('0'.repeat(64))}`, { headers });
  expect([may.status, may.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD, POST, PATCH, DELETE']);
  for (const name of ['upload-offset', 'upload-checksum', 'tus-resumable', 'x-sync-protocol'])
    expect(may.headers.get('access-control-allow-headers')).toContain(name);
  expect(may.headers.get('access-control-expose-headers')).toContain('x-sync-stored');
});

interface Example {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  readonly answer: Readonly<Record<string, string>>;
}

const pairs = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(lines.filter((line) => line.includes(': ')).map((line) => line.split(': ') as [string, string]));

/** The examples of docs/sync.md in their order: request, an empty line, answer; a body stands in brackets. */
const examples: readonly Example[] = Array.from(
  readFileSync('docs/sync.md', 'utf8').matchAll(/```http \S+\n(.*?)```/gs),
  ([, text = '']) => {
    const [asked = '', said = ''] = text.split('\n\n');
    const [first = '', ...lines] = asked.split('\n');
    const [method = '', path = ''] = first.split(' ');
    const hex = /\(bytes (\w+)\)/.exec(asked)?.[1];
    const [status = '', ...answers] = said.trim().split('\n');
    const body = hex === undefined ? undefined : Uint8Array.from(Buffer.from(hex, 'hex'));
    return { method, path, headers: pairs(lines), body, answer: { status, ...pairs(answers) } };
  },
);

test('the examples of docs/sync.md are what a centre does', async () => {
  const bytes = Uint8Array.from(examples.flatMap(({ body }) => [...(body ?? [])]));
  await announce(bytes);
  expect(examples).toHaveLength(4);
  for (const { method, path, headers, body, answer } of examples) {
    const asked = body === undefined ? { headers } : { headers, body };
    const said = await running.ask(method, path, { token: wang.token, ...asked });
    const named = Object.keys(answer).map((name) => [name, name === 'status' ? String(said.status) : said.headers.get(name)]);
    expect(Object.fromEntries(named)).toEqual(answer);
  }
});
