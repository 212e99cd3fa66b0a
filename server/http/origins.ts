import type { FastifyInstance } from 'fastify';
import { Fault } from '#shared/errors.ts';
import { HEADERS } from '#shared/protocol/messages.ts';
import { UPLOAD_HEADERS } from '#shared/protocol/uploads.ts';

const UPLOAD = Object.values(UPLOAD_HEADERS);
const ALLOWED_HEADERS = ['authorization', 'content-type', HEADERS.protocol, HEADERS.schema, ...UPLOAD].join(', ');
const EXPOSED_HEADERS = [HEADERS.protocol, HEADERS.schema, HEADERS.epoch, 'retry-after', 'location', ...UPLOAD].join(', ');

/** Only pages of the workstation may ask from a browser; what names no origin is no page. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('vary', 'origin');
    const { origin } = request.headers;
    if (origin === undefined) return;
    if (!origins.includes(origin)) throw new Fault('foreignOrigin', 'this page may not ask the centre');
    void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', EXPOSED_HEADERS);
    if (request.method === 'OPTIONS')
      return reply
        .header('access-control-allow-methods', 'GET, HEAD, POST, PATCH, DELETE')
        .header('access-control-allow-headers', ALLOWED_HEADERS)
        .header('access-control-max-age', '600')
        .code(204)
        .send();
  });
}
