import type { FastifyError, FastifyInstance } from 'fastify';
import { Fault } from '#shared/errors.ts';
import { StoreFailure } from '../store/centre-store.ts';

/** Whatever was thrown, as the refusal that may leave the house: never a stack, a statement or a path. */
export function refusalFor(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof StoreFailure) return new Fault('overloaded', 'the centre cannot answer now');
  const { code, statusCode = 500 } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Fault('bodyTooLarge', 'the message is too large');
  if (statusCode >= 400 && statusCode < 500) return new Fault('badMessage', 'the request cannot be read');
  return new Fault('internal', 'the centre failed');
}

/** What of an error may stand in the log: no values of a statement, so no personal data. */
export function loggable(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof StoreFailure)) return { stack: error instanceof Error ? error.stack : String(error) };
  const { code, routine, table, constraint } = error.cause as Readonly<Record<string, unknown>>;
  return { database: { code, routine, table, constraint } };
}

export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const fault = refusalFor(error);
    if (fault.status >= 500) request.log.error(loggable(error), 'request failed');
    if (fault.kind === 'bodyTooLarge') void reply.header('connection', 'close'); // what is still coming is not read
    if (fault.status === 503) void reply.header('retry-after', '2');
    if (fault.kind === 'tooManyRequests') void reply.header('retry-after', String(fault.detail['retryAfterS']));
    return reply.code(fault.status).send({ code: fault.code, message: fault.message, detail: fault.detail });
  });
  app.setNotFoundHandler((_request, reply) => {
    const fault = new Fault('notFound', 'no such address');
    return reply.code(fault.status).send({ code: fault.code, message: fault.message, detail: fault.detail });
  });
}
