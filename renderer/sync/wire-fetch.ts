import { Fault } from '#shared/errors.ts';
import { HEADERS, PROTOCOL_VERSION } from '#shared/protocol/messages.ts';
import type { Wire, WireAnswer } from './ports.ts';

/** Unpacked; the greatest page of ours is a tenth of it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The line to the centre over HTTP. */
export function fetchWire(centreUrl: string, schema: string): Wire {
  const headersFor = (token: string | undefined): Record<string, string> => ({
    [HEADERS.protocol]: String(PROTOCOL_VERSION),
    [HEADERS.schema]: schema,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  });
  const open = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(new URL(path, centreUrl), { ...init, cache: 'no-store', credentials: 'omit', redirect: 'error' });
    } catch {
      // No answer, a certificate that does not fit, a redirect: to the officer all are the same.
      throw new Fault('serverUnreachable', 'no answer from the centre');
    }
  };

  return {
    async send({ method, path, json, bytes, headers, token, timeoutMs, signal }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const type = json === undefined ? 'application/octet-stream' : 'application/json';
      const body = json === undefined ? bytes?.slice() : JSON.stringify(json);
      const response = await open(path, {
        method,
        headers: { ...headersFor(token), ...(body === undefined ? {} : { 'content-type': type }), ...headers },
        body: body ?? null,
        signal: signal ? AbortSignal.any([timeout, signal]) : timeout,
      });
      return readAnswer(response);
    },

    async events(path, token, hear, signal) {
      const response = await open(path, { headers: { ...headersFor(token), accept: 'text/event-stream' }, signal });
      if (response.status !== 200 || !response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
        throw new Fault('notOurServer', 'no events', { status: response.status });
      let rest = '';
      try {
        for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
          const blocks = (rest + text).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) hearBlock(block, hear);
        }
      } catch {
        if (!signal.aborted) throw new Fault('serverUnreachable', 'the events broke off');
      }
    },
  };
}

async function readAnswer(response: Response): Promise<WireAnswer> {
  const chunks: Uint8Array[] = [];
  let complete = true;
  let received = 0;
  try {
    if (response.body)
      for await (const chunk of response.body) {
        received += chunk.length;
        if (received > MOST_BYTES) throw new Fault('notOurServer', 'an answer of this size is not ours', { limit: MOST_BYTES });
        chunks.push(chunk);
      }
  } catch (error) {
    if (error instanceof Fault) throw error;
    complete = false; // what came is handed on; the reader knows whether it is enough
  }
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, contentType: headers['content-type'] ?? '', bytes, complete, headers };
}

/** One event: its name and data; a comment is a sign of life. */
function hearBlock(block: string, hear: (name: string, data: string) => void): void {
  const field = (name: string): string =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trim())
      .join('\n');
  hear(field('event'), field('data'));
}
