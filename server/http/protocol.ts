import type { FastifyInstance } from 'fastify';
import { Fault } from '#shared/errors.ts';
import { HEADERS, PROTOCOL_VERSION } from '#shared/protocol/messages.ts';
import { tableList } from '#shared/tables/index.ts';
import { digest } from '../audit/chain.ts';
import { tableDdl } from '../store/ddl.ts';

/** Never raised within 18 months of the version before it. */
const OLDEST_SERVED = 1;

/** Eight digits that change when a table does; for people comparing two machines, no rule hangs on it. */
const SCHEMA = digest(tableList.map(tableDdl)).slice(0, 8);

const SAFE = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Every answer names protocol, schema and epoch, and is safe to be opened by accident. */
export function nameEveryAnswer(app: FastifyInstance, centre: { readonly epoch: string }): void {
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      ...SAFE,
      [HEADERS.protocol]: String(PROTOCOL_VERSION),
      [HEADERS.schema]: SCHEMA,
      [HEADERS.epoch]: centre.epoch,
    });
  });
}

/** Refuses a workstation that speaks a protocol no longer served, or names none. */
export function mustSpeakProtocol(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const said = Number(request.headers[HEADERS.protocol] ?? 0);
    if (!(Number.isInteger(said) && said >= OLDEST_SERVED))
      throw new Fault('protocolTooOld', 'update the workstation', { oldest: OLDEST_SERVED, newest: PROTOCOL_VERSION });
  });
}
