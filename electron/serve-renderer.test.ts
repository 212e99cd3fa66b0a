import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveRenderer } from './serve-renderer.ts';

const folder = mkdtempSync(join(tmpdir(), 'served-'));
const root = join(folder, 'renderer');
const answer = serveRenderer({ rendererDir: root, origin: 'app://workstation', centreUrl: 'https://centre.lz.gov.cn' });
const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
  answer(new Request(`app://workstation${path}`, { method, headers }));

beforeAll(async () => {
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__"><p>__CSP_NONCE__');
  await writeFile(join(root, 'assets/a-1.js'), '0123456789');
  await writeFile(join(root, '中文 名.json'), '{}');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'renderer-secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(root, 'link.txt'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the page carries one fresh nonce, the policy names it, and neither is ever cached', async () => {
  const [first, second] = [await get('/'), await get('/index.html')];
  const nonces = await Promise.all(
    [first, second].map(async (page) => {
      const [, nonce = ''] = /nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '') ?? [];
      const html = await page.text();
      expect(html).toBe(`<meta name="csp-nonce" content="${nonce}"><p>${nonce}`);
      expect(page.headers.get('cache-control')).toBe('no-store');
      return nonce;
    }),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces[0]!.length).toBeGreaterThan(20);
});

test('the policy lets scripts come from the build alone and connections go to the centre alone', async () => {
  const policy = (await get('/')).headers.get('content-security-policy') ?? '';
  const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
  expect(rules.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
  expect(rules.get('connect-src')).toBe("'self' https://centre.lz.gov.cn wss://centre.lz.gov.cn");
  expect(rules.get('style-src')).not.toContain('unsafe-inline');
  expect(['object-src', 'base-uri', 'frame-src', 'frame-ancestors', 'form-action'].map((name) => rules.get(name))).toEqual(
    Array.from({ length: 5 }, () => "'none'"),
  );
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%2frenderer-secret.txt',
  '/..%5csecret.txt',
  '/link.txt',
  '/assets',
  '/assets/',
  '/%00',
  '/a%00.js',
  '/%ff',
  '/c:/windows/win.ini',
  '/index.html::$DATA',
  '//etc/passwd',
  '/absent.js',
])('%s is not served', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test.each([
  ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
  ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
  ['bytes=-2', 206, '89', 'bytes 8-9/10'],
  ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=5-2', 200, '0123456789', null],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
])('asked for %s it answers %i', async (range, status, body, contentRange) => {
  const response = await get('/assets/a-1.js', { range });
  expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([status, body, contentRange]);
});

test('names in Chinese are found, the kind of content is said, and nothing may guess another', async () => {
  const response = await get('/%E4%B8%AD%E6%96%87%20%E5%90%8D.json');
  expect([response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([
    200,
    'application/json; charset=utf-8',
    'nosniff',
  ]);
});

test('a file with its hash in the name is kept for ever; writing is no thing a page can ask', async () => {
  expect((await get('/assets/a-1.js')).headers.get('cache-control')).toContain('immutable');
  const head = await get('/assets/a-1.js', {}, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  expect((await get('/assets/a-1.js', {}, 'POST')).status).toBe(405);
});
