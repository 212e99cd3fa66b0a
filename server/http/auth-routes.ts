import type { FastifyInstance } from 'fastify';
import { endSession } from '../identity/sessions.ts';
import { Attempts } from '../identity/attempts.ts';
import { signIn } from '../identity/sign-in.ts';
import { textOf } from './bodies.ts';
import type { AppDeps } from './deps.ts';
import { mustSpeakProtocol } from './protocol.ts';

/** Tries per minute: an office behind one address signs in more often than one account does. */
const PER_ADDRESS = 60;
const PER_ACCOUNT = 10;

export function authRoutes(deps: AppDeps) {
  const { centre, database, leases } = deps;
  const door = { centre, database, leases, perAddress: new Attempts(PER_ADDRESS), perAccount: new Attempts(PER_ACCOUNT) };
  return async (app: FastifyInstance): Promise<void> => {
    mustSpeakProtocol(app);
    app.post('/sign-in', { bodyLimit: 4096 }, async (request) => signIn(door, request.ip, textOf(request)));
    app.post('/sign-out', async (request) => {
      await endSession(database.sql, request.headers.authorization, centre.now());
      return {};
    });
  };
}
