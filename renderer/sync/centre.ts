/**
 * The centre as the engine sees it: each message sent and its answer read, distrusting everything in between.
 * An answer counts only when it is of the kind that was asked for; a portal's page answered with 200 is `notOurServer`.
 */
import type * as z from 'zod';
import { CODES, Fault, faultKindOf } from '#shared/errors.ts';
import {
  type Command,
  type Cursor,
  type DigestAnswer,
  type DigestRequest,
  digestAnswer,
  type HelloAnswer,
  type HelloRequest,
  helloAnswer,
  type Outcome,
  outcome,
  refusalBody,
  type SnapshotAnswer,
  snapshotAnswer,
} from '#shared/protocol/messages.ts';
import { parseJson } from '#shared/protocol/safe-json.ts';
import type { CursorRow, Wire, WireAnswer, WireRequest } from './ports.ts';
import { type PulledPage, readPulled } from './pulled-page.ts';

/** Statuses from here on stand for refusals that never travel; see errors.ts. */
const LOCAL_ONLY = 597;
const QUICK_MS = 15_000;
const LONG_MS = 60_000;
/** A line slower than this carries no photographs. */
const SLOWEST_BYTES_PER_MS = 20;
const patienceFor = (bytes: number): number => LONG_MS + Math.ceil(bytes / SLOWEST_BYTES_PER_MS);

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw new Fault('notOurServer', 'the answer is not UTF-8');
  }
}

/** JSON of an answer. What cannot be read is no refusal of ours: it says nothing about what was asked. */
function readAnswered(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Fault) throw new Fault('notOurServer', 'the answer cannot be read', { flaw: error.kind });
    throw error;
  }
}

export interface Push {
  readonly device: string;
  readonly epoch: string;
  readonly cursors: readonly Cursor[];
  readonly acked: number;
  readonly commands: readonly Command[];
}

export interface Centre {
  hello(request: HelloRequest): Promise<HelloAnswer>;
  /** What the centre decided, as far as its answer reached us: lines of another epoch or of mutations not sent are no answer. */
  push(request: Push): Promise<readonly Outcome[]>;
  /** `packed`: without the rows of segments up to this number. */
  pull(cursor: Pick<CursorRow, 'stream' | 'seq' | 'mark' | 'packed'>): Promise<PulledPage>;
  /** Like `pull`, only the rows of these tables. */
  fill(stream: string, seq: number, mark: string, kinds: readonly number[]): Promise<PulledPage>;
  snapshot(stream: string): Promise<SnapshotAnswer>;
  /** The bytes of a segment, not yet verified. */
  segment(stream: string, sha256: string): Promise<Uint8Array<ArrayBuffer>>;
  digests(asked: DigestRequest): Promise<DigestAnswer>;
  /** One message of a file on its way up; uploads.ts says and reads them. */
  upload(message: Pick<WireRequest, 'method' | 'path' | 'headers' | 'bytes'>): Promise<WireAnswer>;
  getFile(sha256: string, district: string, sizeBytes: number | null): Promise<Uint8Array>;
  events(hear: (name: string, data: string) => void): Promise<void>;
}

export function centreOver(wire: Wire, token: () => string, signal: AbortSignal): Centre {
  const ask = async (request: Omit<WireRequest, 'token' | 'signal'>): Promise<WireAnswer> => {
    const answer = await wire.send({ ...request, token: token(), signal });
    if (answer.status !== 200) throw refusalOf(answer);
    return answer;
  };

  const page = async (
    asked: Pick<CursorRow, 'stream' | 'seq' | 'mark' | 'packed'> & { readonly kinds?: string },
  ): Promise<PulledPage> => {
    const path = `/sync/v1/pull?${query({ ...asked, enc: 'gzip' })}`;
    const got = await readPulled(await ask({ method: 'GET', path, timeoutMs: LONG_MS }), asked.packed, decode);
    if (got.stream !== asked.stream || got.from !== asked.seq)
      throw new Fault('notOurServer', 'a page that was not asked for', { stream: got.stream, from: got.from });
    return got;
  };

  return {
    async hello(request) {
      return readJson(helloAnswer, await ask({ method: 'POST', path: '/sync/v1/hello', json: request, timeoutMs: QUICK_MS }));
    },
    async push(request) {
      const answer = await ask({ method: 'POST', path: '/sync/v1/push', json: request, timeoutMs: LONG_MS });
      return readOutcomes(answer, request.epoch, request.commands);
    },
    pull: ({ stream, seq, mark, packed }) => page({ stream, seq, mark, ...(packed === undefined ? {} : { packed }) }),
    fill: (stream, seq, mark, kinds) => page({ stream, seq, mark, kinds: kinds.join(',') }),
    async digests(asked) {
      return readJson(digestAnswer, await ask({ method: 'POST', path: '/sync/v1/digests', json: asked, timeoutMs: LONG_MS }));
    },
    async snapshot(stream) {
      const path = `/sync/v1/snapshot?${query({ stream })}`;
      return readJson(snapshotAnswer, await ask({ method: 'GET', path, timeoutMs: QUICK_MS }));
    },
    async segment(stream, sha256) {
      const answer = await ask({ method: 'GET', path: `/sync/v1/segments/${sha256}?${query({ stream })}`, timeoutMs: LONG_MS });
      if (!answer.complete) throw new Fault('truncatedStream', 'the segment was cut off');
      return new Uint8Array(answer.bytes);
    },
    async upload(message) {
      const timeoutMs = patienceFor(message.bytes?.length ?? 0);
      const answer = await wire.send({ ...message, token: token(), timeoutMs, signal });
      if ([200, 201, 204].includes(answer.status)) return answer;
      // The answer to a HEAD has no body that could name the refusal.
      throw answer.status === CODES.uploadGone[1] ? new Fault('uploadGone', 'no such upload') : refusalOf(answer);
    },
    async getFile(sha256, district, sizeBytes) {
      const path = `/sync/v1/files/${sha256}?${query({ district })}`;
      const answer = await ask({ method: 'GET', path, timeoutMs: patienceFor(sizeBytes ?? 0) });
      if (!answer.complete) throw new Fault('truncatedStream', 'the file was cut off');
      return answer.bytes;
    },
    events: (hear) => wire.events('/sync/v1/events', token(), hear, signal),
  };
}

const query = (values: Readonly<Record<string, string | number>>): string =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();

/** The answer as what it should be, or why it is not. */
export function readJson<T>(schema: z.ZodType<T>, answer: WireAnswer): T {
  if (!answer.contentType.startsWith('application/json'))
    throw new Fault('notOurServer', 'the answer is not JSON', { contentType: answer.contentType });
  if (!answer.complete) throw new Fault('truncatedStream', 'the answer was cut off');
  const read = schema.safeParse(readAnswered(decode(answer.bytes)));
  if (!read.success) throw new Fault('notOurServer', 'the answer has another shape', { issue: read.error.issues[0]?.message });
  return read.data;
}

/** A refusal of our centre as the `Fault` it is; any other answer is somebody else's. */
export function refusalOf(answer: WireAnswer): Fault {
  if (answer.contentType.startsWith('application/json') && answer.complete) {
    try {
      const body = refusalBody.safeParse(parseJson(decode(answer.bytes)));
      const kind = body.success ? faultKindOf(body.data.code) : undefined;
      // What only this workstation can say of itself no centre says.
      if (body.success && kind && CODES[kind][1] < LOCAL_ONLY) return new Fault(kind, body.data.message, body.data.detail);
    } catch (error) {
      if (error instanceof Fault) return new Fault('notOurServer', 'the refusal cannot be read', { status: answer.status });
      throw error;
    }
  }
  return new Fault('notOurServer', 'the answer is not from our centre', { status: answer.status });
}

function readOutcomes(answer: WireAnswer, epoch: string, sent: readonly Command[]): Outcome[] {
  if (!answer.contentType.startsWith('application/x-ndjson'))
    throw new Fault('notOurServer', 'the answer is not a list of outcomes', { contentType: answer.contentType });
  const mids = new Set(sent.map(({ mid }) => mid));
  // What follows the last line end was cut off and says nothing.
  const lines = decode(cutToLines(answer.bytes)).split('\n').slice(0, -1);
  const outcomes: Outcome[] = [];
  for (const line of lines) {
    const read = outcome.safeParse(readAnswered(line));
    if (!read.success) throw new Fault('notOurServer', 'a line is no outcome', { issue: read.error.issues[0]?.message });
    if (read.data.epoch === epoch && mids.has(read.data.mid)) outcomes.push(read.data);
  }
  return outcomes;
}

const cutToLines = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.lastIndexOf(10) + 1);
