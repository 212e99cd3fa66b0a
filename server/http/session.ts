import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sessionBehind } from '../identity/sessions.ts';
import type { Session } from '../sync/centre.ts';
import type { AppDeps } from './deps.ts';

const sessions = new WeakMap<FastifyRequest, Session>();

/** Finds the session of each request before its body is read, so that nobody unknown makes the centre read anything. */
export function mustBeSignedIn(app: FastifyInstance, { centre, database }: AppDeps): void {
  app.addHook('onRequest', async (request) => {
    sessions.set(request, await sessionBehind(database.sql, request.headers.authorization, centre.now()));
  });
}

export function sessionOf(request: FastifyRequest): Session {
  const session = sessions.get(request);
  if (!session) throw new Error('the route asks for a session that was not looked up');
  return session;
}
