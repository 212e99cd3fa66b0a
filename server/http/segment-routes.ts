import type { FastifyInstance } from 'fastify';
import { segmentBytes } from '../sync/segment.ts';
import { byteRange } from './byte-range.ts';
import type { AppDeps } from './deps.ts';
import { sessionOf } from './session.ts';

/**
 * The bytes behind a hash never change, and yet no cache keeps them: they are rows, which lie only sealed on a workstation.
 */
export function addSegmentRoutes(app: FastifyInstance, { centre }: AppDeps): void {
  app.get('/segments/:sha256', async (request, reply) => {
    const asked = { ...(request.query as object), ...(request.params as object) };
    const bytes = await segmentBytes(centre, sessionOf(request), asked);
    void reply.type('application/gzip').header('accept-ranges', 'bytes');
    const part = byteRange(request.headers.range, bytes.length);
    if (!part) return reply.send(bytes);
    const range = `bytes ${part.start}-${part.end - 1}/${bytes.length}`;
    return reply.code(206).header('content-range', range).send(bytes.subarray(part.start, part.end));
  });
}
