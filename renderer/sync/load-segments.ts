import { Fault } from '#shared/errors.ts';
import type { Segment } from '#shared/protocol/messages.ts';
import { readRowLine } from '#shared/protocol/row-line.ts';
import { ahead } from '../store/ahead.ts';
import { gunzip } from '../store/gzip.ts';
import { sha256Of } from '../store/hex.ts';
import type { Centre } from './centre.ts';
import type { LocalCopy } from './local-copy.ts';
import { changesOf } from './page-rows.ts';
import type { ServerChange } from './rebase.ts';

const AT_ONCE = 4;

/**
 * Takes the ready-made rows of a stream of which nothing was pulled yet; those that are here already are not fetched again.
 * Answers the greatest number of the segments, 0 where there are none.
 */
export async function loadSegments(centre: Centre, copy: LocalCopy, stream: string, signal: AbortSignal): Promise<number> {
  const { epoch, segments } = await centre.snapshot(stream);
  const listed = new Set(segments.map(({ sha256 }) => sha256));
  const here = new Set(await copy.segments(stream));
  if ([...here].some((sha256) => !listed.has(sha256))) {
    // They are of an earlier packing: rows may have changed since that no later one has.
    await copy.dropStream(stream);
    here.clear();
  }
  const missing = segments.filter(({ sha256 }) => !here.has(sha256));
  const coming = ahead(missing, AT_ONCE, async (segment) => {
    const bytes = await centre.segment(stream, segment.sha256);
    return { stream, epoch, segment, bytes, rows: await rowsOf(stream, segment, bytes) };
  });
  for await (const taken of coming) if (signal.aborted || !(await copy.takeSegment(taken))) break;
  return Math.max(0, ...segments.map(({ no }) => no));
}

/** The rows, once the bytes are known to be those that were named; `notOurServer` when they are not, or do not fit. */
async function rowsOf(
  stream: string,
  { sha256, rows }: Segment,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<readonly ServerChange[]> {
  if ((await sha256Of(bytes)) !== sha256) throw new Fault('notOurServer', 'a segment with another hash', { stream, sha256 });
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await gunzip(bytes));
  const lines = text.split('\n').filter((line) => line !== '');
  if (lines.length !== rows) throw new Fault('notOurServer', 'a segment with another number of rows', { stream, sha256 });
  return changesOf(stream, lines.map(readRowLine));
}
