import type { Page } from '#shared/protocol/page.ts';
import type { Centre } from './centre.ts';
import type { LocalCopy } from './local-copy.ts';

/**
 * Brings one stream up to the head. The next page is on its way while this one is written.
 * Cut anywhere, it goes on from the cursor that the last written page left. Answers how many rows came.
 */
export async function pullStream(centre: Centre, copy: LocalCopy, stream: string, signal: AbortSignal): Promise<number> {
  const from = copy.cursor(stream);
  let rows = 0;
  let coming: Promise<Page> | undefined = centre.pull(stream, from?.seq ?? 0, from?.mark ?? '');
  while (coming !== undefined && !signal.aborted) {
    const page: Page = await coming;
    coming = page.more ? centre.pull(stream, page.seq, page.mark) : undefined;
    coming?.catch(() => undefined); // awaited in the next round; this only keeps an early failure from being called unhandled
    if (!(await copy.takePage(page))) break;
    rows += page.rows.length;
  }
  return rows;
}
