import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, relative, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { contentPolicy, SAFE_HEADERS } from './content-policy.ts';

/** Stands in the built page wherever the nonce of its delivery belongs. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.wasm': 'application/wasm',
  '.mp4': 'video/mp4',
};

interface Served {
  readonly rendererDir: string;
  /** Origin the page is delivered under. */
  readonly origin: string;
  readonly centreUrl: string;
}

/** Answers for the built page and its files, with byte ranges; the one door both shells deliver through. */
export function serveRenderer({ rendererDir, origin, centreUrl }: Served): (request: Request) => Promise<Response> {
  const root = resolve(rendererDir);
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const path = await fileFor(root, new URL(request.url).pathname);
    if (path === undefined) return refuse(404);
    const extension = extname(path);
    const headers = new Headers({ ...SAFE_HEADERS, 'content-type': TYPES[extension] ?? 'application/octet-stream' });
    if (extension === '.html') return page(path, headers, { origin, centreUrl });
    // Files under assets carry their hash in the name.
    headers.set(
      'cache-control',
      path.startsWith(join(root, 'assets') + sep) ? 'private, max-age=31536000, immutable' : 'no-cache',
    );
    return content(path, headers, request);
  };
}

/** The file behind a path of the page, or undefined: outside the folder (also through a link), a folder, or absent. */
async function fileFor(root: string, pathname: string): Promise<string | undefined> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined; // not UTF-8: no file of ours is called so
  }
  if (/[\0\\:]/.test(decoded)) return undefined;
  const path = resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  if (!isInside(root, path)) return undefined;
  try {
    const real = await realpath(path);
    return isInside(await realpath(root), real) && (await stat(real)).isFile() ? path : undefined;
  } catch {
    return undefined; // absent
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path;
}

async function page(
  path: string,
  headers: Headers,
  { origin, centreUrl }: Pick<Served, 'origin' | 'centreUrl'>,
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  headers.set('content-security-policy', contentPolicy(origin, centreUrl, nonce));
  headers.set('cache-control', 'no-store');
  return new Response((await readFile(path, 'utf8')).replaceAll(NONCE_PLACEHOLDER, nonce), { headers });
}

async function content(path: string, headers: Headers, request: Request): Promise<Response> {
  const { size } = await stat(path);
  headers.set('accept-ranges', 'bytes');
  const range = rangeOf(request.headers.get('range'), size);
  if (range === 'outside') {
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const [first, last] = range ?? [0, size - 1];
  headers.set('content-length', String(last - first + 1));
  if (range) headers.set('content-range', `bytes ${first}-${last}/${size}`);
  const body =
    request.method === 'HEAD' || size === 0 ? null : Readable.toWeb(createReadStream(path, { start: first, end: last }));
  return new Response(body as ReadableStream | null, { status: range ? 206 : 200, headers });
}

/** The one range asked for; undefined when none or several are, which is answered with the whole. */
function rangeOf(header: string | null, size: number): readonly [first: number, last: number] | 'outside' | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < first) return undefined;
  return first < size && (from !== '' || Number(to) > 0) ? [first, last] : 'outside';
}

const refuse = (status: number): Response => new Response(null, { status, headers: SAFE_HEADERS });
