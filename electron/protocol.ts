import type { Protocol } from 'electron';
import { APP_ORIGIN, APP_SCHEME, isFrom } from './origin.ts';
import { serveRenderer } from './serve-renderer.ts';

/** The page comes from `app://workstation/`, a real origin with storage and workers; `file:` would have neither. Before the app is ready. */
export function declareScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } },
  ]);
}

export function serveScheme(protocol: Pick<Protocol, 'handle'>, rendererDir: string, centreUrl: string): void {
  const answer = serveRenderer({ rendererDir, origin: APP_ORIGIN, centreUrl });
  protocol.handle(APP_SCHEME, async (request) =>
    isFrom(APP_ORIGIN, request.url) ? answer(request) : new Response(null, { status: 404 }),
  );
}
