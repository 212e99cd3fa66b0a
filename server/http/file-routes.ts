import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getFile } from '../files/evidence.ts';
import type { AppDeps } from './deps.ts';
import { sessionOf } from './session.ts';
import { uploadRoutes } from './upload-routes.ts';

/** Evidence is only ever downloaded, never shown by a browser. */
const AS_DOWNLOAD = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' } as const;

const asked = ({ params, query }: FastifyRequest): unknown => ({ ...(query as object), ...(params as object) });

export function addFileRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/files/:sha256', async (request, reply) => {
    const { file, sizeBytes } = await getFile(deps, sessionOf(request), asked(request));
    return reply.headers({ ...AS_DOWNLOAD, 'content-length': sizeBytes }).send(file.createReadStream());
  });
  void app.register(uploadRoutes(deps), { prefix: '/uploads' });
}
