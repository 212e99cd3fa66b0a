import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import { LIMITS } from '#shared/protocol/messages.ts';
import type { FeedLine, Head, Snapshot } from '../store/centre-store.ts';
import { streamsOf } from './actor.ts';
import type { Centre, Session } from './centre.ts';
import { checkCursor, markAt } from './cursor-check.ts';
import { isStorable } from './storable.ts';

const COUNT = /^\d{1,15}$/;

const query = z.object({
  stream: z.string().min(1).max(80).refine(isStorable),
  seq: z.string().regex(COUNT).default('0'),
  mark: z.string().max(64).default(''),
  limit: z.string().regex(COUNT).optional(),
});

/** A page of the stream above the cursor, as text (shared/protocol/page.ts). `asked` is the query string, unchecked. */
export async function pull(centre: Centre, session: Session, asked: unknown): Promise<string> {
  const read = query.safeParse(asked);
  if (!read.success) throw new Fault('damagedCursor', 'not a cursor of this protocol', { flaw: read.error.issues[0]?.message });
  const { stream, mark } = read.data;
  const seq = Number(read.data.seq);
  const limit = Math.min(LIMITS.pageRows, Math.max(1, Number(read.data.limit ?? LIMITS.pageRows)));
  return centre.store.read(async (snapshot) => {
    await mustBeGranted(snapshot, session, stream, centre.now());
    const head = await checkCursor(snapshot, { stream, seq, mark });
    const page = await cutPage(snapshot, stream, seq, limit, head);
    const mine = await snapshot.lastN(session.officerId, session.device);
    return pageText(centre.store.epoch, stream, seq, page, mine);
  }, session.districtId);
}

export async function mustBeGranted(snapshot: Snapshot, session: Session, stream: string, now: number): Promise<void> {
  const granted = await streamsOf(snapshot, session, now);
  if (!granted.some((one) => one.stream === stream)) throw new Fault('grantMissing', 'no grant on this stream', { stream });
}

interface Cut {
  readonly lines: readonly FeedLine[];
  readonly seq: number;
  readonly mark: string;
  readonly more: boolean;
}

/** The longest page that cuts no commit; where one commit is larger than the page, a part of it. */
async function cutPage(snapshot: Snapshot, stream: string, after: number, limit: number, head: Head): Promise<Cut> {
  const lines = await snapshot.feed(stream, after, limit);
  if (lines.length < limit) return { lines, seq: head.seq, mark: head.mark, more: false };
  const last = lines.at(-1)?.seq ?? after;
  const whole = await snapshot.commitAt(stream, last);
  const end = whole !== undefined && whole.seq > after ? whole.seq : last;
  const mark = end === last ? await markAt(snapshot, stream, end) : (whole?.mark ?? '');
  return { lines: lines.filter((line) => line.seq <= end), seq: end, mark, more: end < head.seq };
}

function pageText(epoch: string, stream: string, from: number, { lines, seq, mark, more }: Cut, mine: number): string {
  const rows = lines.map(lineText);
  const crc = rows.reduce((sum, line) => crc32(line, sum), 0);
  const begin = JSON.stringify({ t: 'begin', epoch, stream, from });
  const end = JSON.stringify({ t: 'end', seq, mark, more, mine, n: rows.length, crc });
  return `${[begin, ...rows, end].join('\n')}\n`;
}

function lineText({ kind, id, district, seq, moved, content }: FeedLine): string {
  const at = `{"k":${kind},"id":${JSON.stringify(id)},"d":"${district}","s":${seq}`;
  return content ? `${at},"v":${content.ver},"r":${content.json}}` : `${at},"x":"${moved ? 'moved' : 'gone'}"}`;
}
