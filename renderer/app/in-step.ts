import type { StreamStatus } from '../sync/engine-api.ts';

/** How fresh the whole copy is: as its oldest stream. Null while one was never in step. */
export function inStepAt(streams: readonly StreamStatus[]): number | null {
  const times = streams.map((one) => one.inStepAt);
  const known = times.filter((at) => at !== null);
  return known.length === 0 || known.length < times.length ? null : Math.min(...known);
}
