import { Fault } from '#shared/errors.ts';
import type { Cursor } from '#shared/protocol/messages.ts';
import type { Head, History } from '../store/centre-store.ts';

/** Mark of a commit, and within a picture that is not whole yet `@` number and mark of the head under which it was begun. */
const MARK = /^([0-9a-f]{16})?(?:@(\d{1,15})\.([0-9a-f]{16}))?$/;

/**
 * Does the cursor stand in this history? Refuses with `damagedCursor` (not one of ours), `cursorFork` (another history) or
 * `cursorTooOld` (tombstones it would need are gone).
 */
export async function checkCursor(snapshot: Pick<History, 'head' | 'commitAt'>, { stream, seq, mark }: Cursor): Promise<Head> {
  const [whole, of = '', underSeq, underMark] = MARK.exec(mark) ?? [];
  if (whole === undefined || (seq === 0 && mark !== ''))
    throw new Fault('damagedCursor', 'not a cursor of this protocol', { stream });
  const head = await snapshot.head(stream);
  if (seq === 0) return head;
  if (seq > head.seq) throw new Fault('cursorFork', 'the cursor is beyond the head', { stream, head: head.seq });
  // First, because commits below the floor are forgotten too.
  if (seq < head.floor) throw new Fault('cursorTooOld', 'tombstones since this cursor are gone', { stream, floor: head.floor });
  const fits = of === (await markAt(snapshot, stream, seq));
  // A page leaves out what had moved beyond it: restored to before that, the centre would never bring it.
  const under = underSeq === undefined ? undefined : await snapshot.commitAt(stream, Number(underSeq));
  const stands = underSeq === undefined || (under?.seq === Number(underSeq) && under.mark === underMark);
  if (!fits || !stands) throw new Fault('cursorFork', 'the cursor is of another history', { stream, head: head.seq });
  return head;
}

/** The mark of a page after which there is more: the next one must come from the history this one was cut from. */
export const markUnder = (mark: string, head: Head): string => `${mark}@${head.seq}.${head.mark}`;

/** Mark of the commit at `seq`; inside a commit that was too large for one page, that of the commit before it. */
export const markAt = async (snapshot: Pick<History, 'commitAt'>, stream: string, seq: number): Promise<string> =>
  (await snapshot.commitAt(stream, seq))?.mark ?? '';
