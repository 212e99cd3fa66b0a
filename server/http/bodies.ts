import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '#shared/errors.ts';

const strict = new TextDecoder('utf-8', { fatal: true });

/** Bodies reach the protocol as bytes, whatever type they claim; it alone parses them. */
export function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

export const bytesOf = ({ body }: FastifyRequest): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array());

export function textOf(request: FastifyRequest): string {
  try {
    return strict.decode(bytesOf(request));
  } catch {
    throw new Fault('badMessage', 'not UTF-8');
  }
}
