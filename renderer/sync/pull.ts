import type { Centre } from './centre.ts';
import type { LocalCopy } from './local-copy.ts';
import type { PulledPage } from './pulled-page.ts';

/**
 * Brings one stream up to the head. The next page is on its way while this one is written.
 * Cut anywhere, it goes on from the cursor that the last written page left.
 */
export async function pullStream(centre: Centre, copy: LocalCopy, stream: string, signal: AbortSignal): Promise<void> {
  const from = copy.cursor(stream);
  let coming: Promise<PulledPage> | undefined = centre.pull({ stream, seq: from?.seq ?? 0, mark: from?.mark ?? '' });
  while (coming !== undefined && !signal.aborted) {
    const page: PulledPage = await coming;
    coming = page.more ? centre.pull({ stream, seq: page.seq, mark: page.mark }) : undefined;
    coming?.catch(() => undefined); // awaited in the next round; this only keeps an early failure from being called unhandled
    if (!(await copy.takePage(page))) return;
  }
}
