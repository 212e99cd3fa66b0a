/** What the engine does for the copy when everything else is done: rows of changed tables taken again, the weekly self-check. */
import type { Centre } from './centre.ts';
import type { LocalCopy } from './local-copy.ts';
import type { Clock } from './ports.ts';
import type { Trace } from './trace.ts';

const CHECK_EVERY_MS = 7 * 24 * 3600_000;

/** When each stream was last compared with the centre, ms; kept on this workstation. */
export interface Checks {
  at(stream: string): Promise<number | null>;
  note(stream: string, at: number): Promise<void>;
}

interface Upkeep {
  readonly centre: Centre;
  readonly copy: LocalCopy;
  readonly checks: Checks;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly signal: AbortSignal;
}

/** A newer program knows tables or columns that were not kept when their rows came: those tables alone are brought again. */
export async function fillStale({ centre, copy, trace, signal }: Upkeep): Promise<void> {
  const kinds = await copy.stale();
  if (kinds.length === 0) return;
  for (const { stream } of copy.cursors()) {
    let [seq, mark, more] = [0, '', true];
    while (more) {
      if (signal.aborted) return;
      const stood = copy.cursor(stream);
      if (!stood) return;
      const page = await centre.fill(stream, seq, mark, kinds);
      if (!(await copy.takeFill(page, stood.seq))) continue;
      ({ seq, mark, more } = page);
    }
    trace.note({ what: 'filled', stream, kinds });
  }
  await copy.filled(kinds);
}

/**
 * Compares the streams whose week is over, or all of them when asked to. One that differs from the centre is forgotten and comes
 * anew; answers those.
 */
export async function checkStreams({ centre, copy, checks, clock, trace, signal }: Upkeep, all: boolean): Promise<string[]> {
  const differing: string[] = [];
  for (const { stream } of copy.cursors()) {
    const last = await checks.at(stream);
    if (signal.aborted) return differing;
    if (!all && last !== null && clock.now() - last < CHECK_EVERY_MS) continue;
    const asked = await copy.digests(stream);
    if (!asked) continue;
    const { behind, differ } = await centre.digests(asked);
    if (behind) continue;
    trace.note({ what: 'checked', stream, differ: differ.length });
    await checks.note(stream, clock.now());
    if (differ.length === 0) continue;
    await copy.dropStream(stream);
    trace.note({ what: 'dropped', stream, why: 'differs' });
    differing.push(stream);
  }
  return differing;
}
