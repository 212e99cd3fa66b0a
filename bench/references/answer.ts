import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request to the references' centre. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  readonly response: ServerResponse;
}

/** Says whether it answered. */
export type Answering = (asked: Asked) => boolean;

export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

export function sendJson({ response }: Pick<Asked, 'response'>, json: unknown, status = 200): true {
  const bytes = Buffer.from(JSON.stringify(json));
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, 'cache-control': 'no-store' })
    .end(bytes);
  return true;
}
