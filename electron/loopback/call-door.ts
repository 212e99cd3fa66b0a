import type { IncomingMessage, ServerResponse } from 'node:http';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { type Envelope, refusal } from '#shared/host/envelope.ts';
import { openFrame, packFrame, type TextCodec } from '#shared/host/frame.ts';
import { dispatch } from '../dispatch.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

const strict = new TextDecoder('utf-8', { fatal: true });
const codec: TextCodec = { encode: (text) => Buffer.from(text, 'utf8'), decode: (bytes) => strict.decode(bytes) };

/** Answers one call that came over HTTP; a body over 16 MiB is refused without being read to its end. */
export async function answerCall(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    send(response, 413, refusal(new Fault('bodyTooLarge', 'a call carries at most 16 MiB', { maxBytes: MAX_BODY_BYTES })));
    return;
  }
  send(response, 200, await callIn(host, body));
}

async function callIn(host: Host, body: Uint8Array): Promise<Envelope> {
  try {
    const message = openFrame(body, codec);
    if (typeof message !== 'object' || message === null) throw new Fault('badMessage', 'a call is an object');
    const { call, args } = message as { readonly call?: unknown; readonly args?: unknown };
    return await dispatch(host, call, args);
  } catch (error) {
    return refusal(error);
  }
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, envelope: Envelope): void {
  const body = packFrame(envelope, codec);
  const headers = { 'content-type': 'application/octet-stream', 'content-length': body.byteLength, 'cache-control': 'no-store' };
  response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers).end(body);
}
