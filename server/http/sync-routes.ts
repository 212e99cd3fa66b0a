import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { personStream } from '#shared/schema/stream.ts';
import { tokenIn } from '../identity/sessions.ts';
import { streamsOf } from '../sync/actor.ts';
import { hello } from '../sync/hello.ts';
import { pull } from '../sync/pull.ts';
import { push } from '../sync/push.ts';
import { snapshot } from '../sync/snapshot.ts';
import { textOf } from './bodies.ts';
import type { AppDeps } from './deps.ts';
import { addDigestRoutes } from './digest-routes.ts';
import type { EventRoom } from './events.ts';
import { addFileRoutes } from './file-routes.ts';
import type { Metrics } from './metrics.ts';
import { mustSpeakProtocol } from './protocol.ts';
import { loggable } from './refusals.ts';
import { addSegmentRoutes } from './segment-routes.ts';
import { mustBeSignedIn, sessionOf } from './session.ts';

const NDJSON = 'application/x-ndjson';
const compress = promisify(gzip);

export function syncRoutes(deps: AppDeps, room: EventRoom, metrics: Metrics) {
  const { centre } = deps;
  return async (app: FastifyInstance): Promise<void> => {
    mustSpeakProtocol(app);
    mustBeSignedIn(app, deps);
    app.post('/hello', async (request) => hello(centre, sessionOf(request), textOf(request)));
    app.get('/snapshot', async (request) => snapshot(centre, sessionOf(request), request.query));
    app.get('/pull', async (request, reply) => {
      const page = await pull(centre, sessionOf(request), request.query);
      void reply.header('vary', 'origin, accept-encoding');
      if (wantsPacked(request.query)) return reply.type(`${NDJSON}+gzip`).send(await compress(page, { level: 1 }));
      void reply.type(NDJSON);
      if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return page;
      return reply.header('content-encoding', 'gzip').send(await compress(page, { level: 1 }));
    });
    app.post('/push', (request, reply) => answerPush(deps, metrics, request, reply));
    app.get('/events', async (request, reply) => {
      const session = sessionOf(request);
      const stream = personStream(session.officerId);
      const [granted, { seq }] = await centre.store.read(
        async (moment) => [await streamsOf(moment, session, centre.now()), await moment.head(stream)] as const,
        session.districtId,
      );
      const streams = new Set(granted.map((one) => one.stream));
      const out = room.open(tokenIn(request.headers.authorization) ?? '', streams, { stream, seq });
      return reply.type('text/event-stream').send(out);
    });
    addSegmentRoutes(app, deps);
    addDigestRoutes(app, deps);
    addFileRoutes(app, deps);
  };
}

/** `enc=gzip`: the page is kept as it comes, so it comes packed beneath HTTP. */
const wantsPacked = (query: unknown): boolean => z.object({ enc: z.literal('gzip') }).safeParse(query).success;

/** Sends each outcome as it is committed. Once the answer has begun, a failure can only cut it off. */
async function answerPush(deps: AppDeps, metrics: Metrics, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const out = new PassThrough();
  let begun = false;
  try {
    await push(deps.centre, sessionOf(request), textOf(request), (outcome) => {
      metrics.add('centre_mutations_total', { status: outcome.status, code: outcome.code ?? '', again: String(outcome.again) });
      if (!begun) void reply.type(NDJSON).send(out);
      begun = true;
      out.write(`${JSON.stringify(outcome)}\n`);
    });
    out.end();
  } catch (error) {
    if (!begun) throw error;
    request.log.error(loggable(error), 'push was cut off');
    out.destroy(new Error('cut off'));
  }
  return reply;
}
