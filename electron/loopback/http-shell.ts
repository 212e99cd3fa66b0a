import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Host } from '#shared/host/contract.ts';
import { SAFE_HEADERS } from '../content-policy.ts';
import type { Admission } from './admission.ts';
import { answerCall } from './call-door.ts';

const NOT_SIGNED_IN =
  '<!doctype html><meta charset="utf-8"><title>食安督查工作站</title><p>此窗口已失效，请关闭后从桌面图标重新启动食安督查工作站。</p>';

interface Shell {
  readonly origin: string;
  readonly admit: Admission;
  readonly host: Host;
  readonly page: (request: Request) => Promise<Response>;
}

/** The doors of the loopback shell, narrowest first: host name, ticket, cookie, then calls and files. */
export function httpShell({
  origin,
  admit,
  host,
  page,
}: Shell): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) response.setHeader(name, value);
    if (!admit.isOurHost(request)) return refuse(response, 403);
    if (!URL.canParse(request.url ?? '', origin)) return refuse(response, 400);
    const url = new URL(request.url ?? '', origin);
    if (url.origin !== origin) return refuse(response, 400);
    if (url.pathname === '/__open') return open(url, request, response);
    if (!admit.isSignedIn(request)) return refuse(response, 401, NOT_SIGNED_IN);
    if (url.pathname === '/__host/call') {
      if (request.method !== 'POST') return refuse(response, 405);
      if (!admit.isOurPage(request) || request.headers['x-workstation'] !== '1') return refuse(response, 403);
      return answerCall(host, request, response);
    }
    return file(url, request, response);
  };

  function open(url: URL, request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' || !admit.tickets.redeem(url.searchParams.get('ticket') ?? '')) return refuse(response, 403);
    response.writeHead(303, { 'set-cookie': admit.setCookie, location: '/', 'cache-control': 'no-store' }).end();
  }

  async function file(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const range = request.headers.range;
    const method = request.method ?? 'GET';
    if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405);
    const answer = await page(new Request(url, { method, headers: range === undefined ? {} : { range } }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (answer.body === null || method === 'HEAD') response.end();
    else await pipeline(answer.body, response);
  }
}

function refuse(response: ServerResponse, status: number, html = ''): void {
  // The rest of a refused body is not read.
  response
    .writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', connection: 'close' })
    .end(html);
}
