import type { FastifyInstance } from 'fastify';
import { Fault } from '#shared/errors.ts';
import { compareDigests } from '../sync/digests.ts';
import { textOf } from './bodies.ts';
import type { AppDeps } from './deps.ts';
import { sessionOf } from './session.ts';

/** A comparison reads a whole stream, so one at a time per server; the others come again later. */
export function addDigestRoutes(app: FastifyInstance, { centre }: AppDeps): void {
  let busy = false;
  app.post('/digests', async (request) => {
    if (busy) throw new Fault('overloaded', 'another copy is being compared');
    busy = true;
    try {
      return await compareDigests(centre, sessionOf(request), textOf(request));
    } finally {
      busy = false;
    }
  });
}
