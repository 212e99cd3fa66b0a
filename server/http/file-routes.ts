import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LIMITS } from '#shared/protocol/messages.ts';
import { getFile, putFile } from '../files/evidence.ts';
import { bytesOf } from './bodies.ts';
import type { AppDeps } from './deps.ts';
import { sessionOf } from './session.ts';

/** Evidence is only ever downloaded, never shown by a browser. */
const AS_DOWNLOAD = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' } as const;

const asked = ({ params, query }: FastifyRequest): unknown => ({ ...(query as object), ...(params as object) });

export function addFileRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.put('/files/:sha256', { bodyLimit: LIMITS.fileBytes }, async (request) =>
    putFile(deps, sessionOf(request), asked(request), bytesOf(request)),
  );
  app.get('/files/:sha256', async (request, reply) => {
    const { file, sizeBytes } = await getFile(deps, sessionOf(request), asked(request));
    return reply.headers({ ...AS_DOWNLOAD, 'content-length': sizeBytes }).send(file.createReadStream());
  });
}
