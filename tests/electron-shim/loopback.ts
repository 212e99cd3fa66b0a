import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openFrame, packFrame, type TextCodec } from '#shared/host/frame.ts';
import { type Loopback, startLoopback } from '../../electron/loopback/start.ts';
import { tempFolder } from './temp-folder.ts';

/** A loopback shell on a port of its own with a one-line page, ended with the test; `folder` is that of one that ran before. */
export async function openLoopback(folder?: string): Promise<Loopback & { readonly folder: string }> {
  const home = folder ?? (await tempFolder());
  const rendererDir = join(home, 'renderer');
  await mkdir(rendererDir, { recursive: true });
  await writeFile(join(rendererDir, 'index.html'), '<!doctype html><p>page</p>');
  await writeFile(join(home, 'secret.txt'), 'secret');
  const shell = await startLoopback({ port: 0, dataDir: join(home, 'data'), rendererDir });
  onTestFinished(() => shell.close());
  return { ...shell, folder: home };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** One request exactly as written: `fetch` would tidy the path and refuse to set Host and Origin. */
export function send(origin: string, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  return new Promise((done, failed) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

/** Redeems the ticket and gives the pass a page would carry from then on. */
export async function passOf(shell: Pick<Loopback, 'url' | 'origin'>): Promise<Readonly<Record<string, string>>> {
  const { pathname, search } = new URL(shell.url);
  const opened = await send(shell.origin, pathname + search);
  const cookie = String(opened.headers['set-cookie']).split(';')[0] ?? '';
  return { cookie, origin: shell.origin, 'x-workstation': '1', 'content-type': 'application/octet-stream' };
}

const codec: TextCodec = {
  encode: (text) => Buffer.from(text),
  decode: (bytes) => Buffer.from(bytes).toString(),
};
export const callFrame = (value: unknown): Uint8Array => packFrame(value, codec);
export const openedFrame = ({ body }: Answer): unknown => openFrame(body, codec);
