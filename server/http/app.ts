import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { Fault } from '#shared/errors.ts';
import { endedAmong } from '../identity/sessions.ts';
import { authRoutes } from './auth-routes.ts';
import { takeBodiesAsBytes } from './bodies.ts';
import type { AppDeps } from './deps.ts';
import { EventRoom } from './events.ts';
import { health } from './health.ts';
import { Metrics } from './metrics.ts';
import { allowOrigins } from './origins.ts';
import { nameEveryAnswer } from './protocol.ts';
import { answerRefusals, loggable } from './refusals.ts';
import { syncRoutes } from './sync-routes.ts';

const BODY_BYTES = 1024 * 1024;
/** A photograph over a slow line. */
const REQUEST_MS = 120_000;
const ALIVE_EVERY_MS = 20_000;
const LOOK_EVERY_MS = 2000;
const HEALTH = '/healthz';

export interface App {
  readonly http: FastifyInstance;
  /** Listeners are told, new requests are refused; `http.close()` then finishes what is under way. */
  readonly drain: () => void;
}

/** The centre's HTTP side. */
export function buildApp(deps: AppDeps): App {
  const { centre, database, pokes } = deps;
  const app = Fastify({
    bodyLimit: BODY_BYTES,
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_MS,
    exposeHeadRoutes: false,
    ...(deps.log === undefined ? { logger: false } : { loggerInstance: deps.log }),
  });
  const metrics = new Metrics();
  const room = new EventRoom(pokes, centre.store);
  let draining = false;

  nameEveryAnswer(app, centre.store);
  allowOrigins(app, deps.origins);
  app.addHook('onRequest', async (request) => {
    if (draining && request.routeOptions.url !== HEALTH) throw new Fault('draining', 'the centre is being restarted');
  });
  takeBodiesAsBytes(app);
  answerRefusals(app);
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status } = reply;
    metrics.add('centre_requests_total', { method: request.method, route, status });
    request.log.info({ method: request.method, route, status, ms: Math.round(reply.elapsedTime) }, 'request');
    // An answer that was under way when the stop began would keep its connection, and the stop, for as long as it may idle.
    if (draining) request.raw.socket.destroySoon();
  });

  void app.register(authRoutes(deps), { prefix: '/auth/v1' });
  void app.register(syncRoutes(deps, room, metrics), { prefix: '/sync/v1' });
  app.get(HEALTH, async (_request, reply) => {
    const state = await health(database, deps.dataDir, draining);
    return reply.code(state.ok ? 200 : 503).send(state);
  });
  app.get('/metrics', async (_request, reply) => {
    const now = `centre_epochs_begun_total ${deps.history.begun}\ncentre_listeners ${room.size}\n`;
    return reply.type('text/plain; version=0.0.4').send(metrics.text() + now);
  });

  const alive = setInterval(() => room.keepAlive(), ALIVE_EVERY_MS);
  let looking = false;
  const look = setInterval(() => {
    if (looking) return;
    looking = true;
    lookAround(deps, room)
      .catch((error: unknown) => app.log.error(loggable(error), 'looking for news failed'))
      .finally(() => {
        looking = false;
      });
  }, LOOK_EVERY_MS);
  const drain = (): void => {
    draining = true;
    clearInterval(alive);
    clearInterval(look);
    room.drain();
  };
  app.addHook('preClose', async () => drain());
  return { http: app, drain };
}

/** What other processes did, and whose session has ended. */
async function lookAround({ centre, database, look }: AppDeps, room: EventRoom): Promise<void> {
  await look();
  if (room.size > 0) room.endSessions(await endedAmong(database.sql, room.tokens, centre.now()));
}
