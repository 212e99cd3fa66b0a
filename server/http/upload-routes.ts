import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '#shared/errors.ts';
import { LIMITS } from '#shared/protocol/messages.ts';
import { TUS_EXTENSIONS, TUS_VERSION, UPLOAD_HEADERS as H } from '#shared/protocol/uploads.ts';
import { append, begin, giveUp, type Part, type Standing, standing } from '../files/uploads.ts';
import { bytesOf } from './bodies.ts';
import type { AppDeps } from './deps.ts';
import { sessionOf } from './session.ts';

const ADDRESS = '/:district/:sha256';
const CHECKSUMS = ['sha1', 'sha256'];

/** Files in parts, as tus 1.0.0 words them (shared/protocol/uploads.ts). */
export function uploadRoutes(deps: AppDeps) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addHook('onRequest', async (request, reply) => {
      void reply.header(H.version, TUS_VERSION);
      if (request.method !== 'OPTIONS' && request.headers[H.version] !== TUS_VERSION)
        throw new Fault('badMessage', 'uploads speak tus 1.0.0');
    });
    app.options('/', async (_request, reply) =>
      reply
        .headers({
          'tus-version': TUS_VERSION,
          'tus-extension': TUS_EXTENSIONS,
          'tus-max-size': LIMITS.fileBytes,
          'tus-checksum-algorithm': CHECKSUMS.join(','),
        })
        .code(204)
        .send(),
    );
    app.post('/', async (request, reply) => {
      const asked = metadataOf(request);
      const stands = await begin(deps, sessionOf(request), asked, countIn(request, H.length));
      void reply.header('location', `/sync/v1/uploads/${asked['district']}/${asked['sha256']}`);
      return say(reply, stands)
        .code(stands.stored === null ? 201 : 200)
        .send();
    });
    app.head(ADDRESS, async (request, reply) =>
      say(reply, await standing(deps, sessionOf(request), request.params))
        .code(200)
        .send(),
    );
    app.patch(ADDRESS, { bodyLimit: LIMITS.partBytes }, async (request, reply) => {
      const part: Part = { offset: countIn(request, H.offset), bytes: bytesOf(request), checksum: checksumOf(request) };
      return say(reply, await append(deps, sessionOf(request), request.params, part))
        .code(204)
        .send();
    });
    app.delete(ADDRESS, async (request, reply) => {
      await giveUp(deps, sessionOf(request), request.params);
      return reply.code(204).send();
    });
  };
}

function say(reply: FastifyReply, { offset, length, stored, expiresAt }: Standing): FastifyReply {
  void reply.headers({ [H.offset]: offset, [H.length]: length });
  if (stored !== null) void reply.header(H.stored, stored);
  if (expiresAt !== null) void reply.header(H.expires, new Date(expiresAt).toUTCString());
  return reply;
}

function headerOf({ headers }: FastifyRequest, name: string): string | undefined {
  const said = headers[name];
  return typeof said === 'string' ? said : undefined;
}

function countIn(request: FastifyRequest, name: string): number {
  const said = headerOf(request, name) ?? '';
  if (!/^\d{1,12}$/.test(said)) throw new Fault('badMessage', `${name} says no number`);
  return Number(said);
}

/** `name base64, name base64, …` */
function metadataOf(request: FastifyRequest): Readonly<Record<string, string>> {
  const pairs = (headerOf(request, H.metadata) ?? '').split(',').map((pair) => pair.trim().split(' '));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]));
}

/** `algorithm base64`; a part may come without. */
function checksumOf(request: FastifyRequest): Part['checksum'] {
  const said = headerOf(request, H.checksum);
  if (said === undefined) return null;
  const [algorithm = '', sum = ''] = said.split(' ');
  if (!CHECKSUMS.includes(algorithm)) throw new Fault('badMessage', 'a checksum of an unknown kind');
  return { algorithm, sum };
}
