import { Fault } from '#shared/errors.ts';
import type { Centre } from './centre.ts';
import { loadSegments } from './load-segments.ts';
import type { LocalCopy } from './local-copy.ts';
import type { CursorRow } from './ports.ts';
import type { PulledPage } from './pulled-page.ts';

type From = Pick<CursorRow, 'stream' | 'seq' | 'mark' | 'packed'>;

/** The centre packed the rows anew while they were being loaded; more often than this it has something else to mend. */
const PACKED_ANEW = 3;

/**
 * Brings one stream up to the head. The next page is on its way while this one is written.
 * Cut anywhere, it goes on from the segments that were taken, or the cursor that the last written page left. Answers how many
 * rows came.
 */
export async function pullStream(centre: Centre, copy: LocalCopy, stream: string, signal: AbortSignal): Promise<number> {
  for (let tries = 1; ; tries++) {
    try {
      return await pullPages(centre, copy, await begin(centre, copy, stream, signal), signal);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind !== 'segmentGone') throw error;
      await copy.dropStream(stream);
      if (tries === PACKED_ANEW) throw error;
    }
  }
}

/** Where pulling goes on; a first load begins with the segments. */
async function begin(centre: Centre, copy: LocalCopy, stream: string, signal: AbortSignal): Promise<From> {
  const cursor = copy.cursor(stream);
  if (cursor && cursor.inStepAt !== null) return { stream, seq: cursor.seq, mark: cursor.mark };
  if (cursor && cursor.seq > 0) return cursor;
  const packed = await loadSegments(centre, copy, stream, signal);
  return { stream, seq: 0, mark: '', ...(packed === 0 ? {} : { packed }) };
}

async function pullPages(centre: Centre, copy: LocalCopy, from: From, signal: AbortSignal): Promise<number> {
  let rows = 0;
  let coming: Promise<PulledPage> | undefined = signal.aborted ? undefined : centre.pull(from);
  while (coming !== undefined && !signal.aborted) {
    const page: PulledPage = await coming;
    coming = page.more ? centre.pull({ ...from, seq: page.seq, mark: page.mark }) : undefined;
    coming?.catch(() => undefined); // awaited in the next round; this only keeps an early failure from being called unhandled
    if (!(await copy.takePage(page))) break;
    rows += page.rows.length;
  }
  return rows;
}
