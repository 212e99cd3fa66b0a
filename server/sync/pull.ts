import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { LIMITS } from '#shared/protocol/messages.ts';
import type { FeedLine, Head, Snapshot, Wanted } from '../store/centre-store.ts';
import { streamsOf } from './actor.ts';
import type { Centre, Session } from './centre.ts';
import { checkCursor, markAt, markUnder } from './cursor-check.ts';
import { lineText } from './line.ts';
import { isStorable } from './storable.ts';

const COUNT = /^\d{1,15}$/;

const query = z.object({
  stream: z.string().min(1).max(80).refine(isStorable),
  seq: z.string().regex(COUNT).default('0'),
  mark: z.string().max(64).default(''),
  limit: z.string().regex(COUNT).optional(),
  packed: z.string().regex(COUNT).default('0'),
  kinds: z
    .string()
    .regex(/^\d{1,4}(,\d{1,4}){0,63}$/)
    .optional(),
});

/** A page of the stream above the cursor, as text (shared/protocol/page.ts). `asked` is the query string, unchecked. */
export async function pull(centre: Centre, session: Session, asked: unknown): Promise<string> {
  const read = query.safeParse(asked);
  if (!read.success) throw new Fault('damagedCursor', 'not a cursor of this protocol', { flaw: read.error.issues[0]?.message });
  const { stream, mark, kinds } = read.data;
  const seq = Number(read.data.seq);
  const wanted = { packed: Number(read.data.packed), ...(kinds === undefined ? {} : { kinds: kinds.split(',').map(Number) }) };
  const limit = Math.min(LIMITS.pageRows, Math.max(1, Number(read.data.limit ?? LIMITS.pageRows)));
  return centre.store.read(async (snapshot) => {
    await mustBeGranted(snapshot, session, stream, centre.now());
    const head = await checkCursor(snapshot, { stream, seq, mark });
    if (seq === 0) await mustStand(snapshot, stream, wanted.packed);
    const page = await cutPage(snapshot, { stream, after: seq, limit, wanted, head });
    const mine = await snapshot.lastN(session.officerId, session.device);
    return pageText(centre.store.epoch, stream, seq, page, mine);
  }, session.districtId);
}

export async function mustBeGranted(snapshot: Snapshot, session: Session, stream: string, now: number): Promise<void> {
  const granted = await streamsOf(snapshot, session, now);
  if (!granted.some((one) => one.stream === stream)) throw new Fault('grantMissing', 'no grant on this stream', { stream });
}

/**
 * A load that begins without the rows of segments begins over segments that count today: what was removed since older ones were
 * made may be forgotten already.
 */
async function mustStand(snapshot: Snapshot, stream: string, packed: number): Promise<void> {
  if (packed > 0 && !(await snapshot.segments(stream)).some(({ no }) => no === packed))
    throw new Fault('segmentGone', 'the rows are packed anew', { stream });
}

interface Asked {
  readonly stream: string;
  readonly after: number;
  readonly limit: number;
  readonly wanted: Wanted;
  readonly head: Head;
}

interface Cut {
  readonly lines: readonly FeedLine[];
  readonly seq: number;
  readonly mark: string;
  readonly more: boolean;
}

/** The longest page that cuts no commit; where one commit is larger than the page, a part of it. */
async function cutPage(snapshot: Snapshot, { stream, after, limit, wanted, head }: Asked): Promise<Cut> {
  const lines = await snapshot.feed(stream, after, limit, wanted);
  if (lines.length < limit) return { lines, seq: head.seq, mark: head.mark, more: false };
  const last = lines.at(-1)?.seq ?? after;
  const whole = await snapshot.commitAt(stream, last);
  const end = whole !== undefined && whole.seq > after ? whole.seq : last;
  const mark = end === last ? await markAt(snapshot, stream, end) : (whole?.mark ?? '');
  const more = end < head.seq;
  return { lines: lines.filter((line) => line.seq <= end), seq: end, mark: more ? markUnder(mark, head) : mark, more };
}

function pageText(epoch: string, stream: string, from: number, { lines, seq, mark, more }: Cut, mine: number): string {
  const rows = lines.map(lineText);
  const crc = rows.reduce((sum, line) => crc32(line, sum), 0);
  const begin = JSON.stringify({ t: 'begin', epoch, stream, from });
  const end = JSON.stringify({ t: 'end', seq, mark, more, mine, n: rows.length, crc });
  return `${[begin, ...rows, end].join('\n')}\n`;
}
