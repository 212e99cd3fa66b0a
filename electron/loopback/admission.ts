import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { sameSecret, type Tickets, tickets } from './tickets.ts';

/**
 * Who may talk to the loopback shell. Any page in any browser can reach a port of this computer, so:
 *
 * 1. Host must be our own (a foreign name resolved to 127.0.0.1 carries its own).
 * 2. The session cookie is handed out for a ticket only, and its secret is new at each start.
 * 3. Calls and events must carry our Origin; calls also a header that a foreign page cannot send unasked.
 */
export interface Admission {
  readonly tickets: Tickets;
  readonly setCookie: string;
  isOurHost(request: IncomingMessage): boolean;
  isSignedIn(request: IncomingMessage): boolean;
  isOurPage(request: IncomingMessage): boolean;
}

export function admission(port: number): Admission {
  const host = `127.0.0.1:${port}`;
  const secret = randomBytes(32).toString('base64url');
  // Cookies know no ports: the name keeps two workstations on one computer apart.
  const cookie = `shian-${port}`;
  return {
    tickets: tickets(),
    setCookie: `${cookie}=${secret}; HttpOnly; SameSite=Strict; Path=/`,
    isOurHost: (request) => request.headers.host === host,
    isSignedIn: (request) => sameSecret(cookieOf(request, cookie), secret),
    isOurPage: (request) => request.headers.origin === `http://${host}`,
  };
}

function cookieOf(request: IncomingMessage, name: string): string {
  const pair = (request.headers.cookie ?? '').split('; ').find((one) => one.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}
