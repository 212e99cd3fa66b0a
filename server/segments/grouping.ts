import type { FeedLine } from '../store/centre-store.ts';

/** A row to be packed: where it stands, what it says, and by what it is grouped. */
export interface Packable extends Pick<FeedLine, 'kind' | 'id' | 'seq'> {
  /** As pull writes it. */
  readonly line: string;
  readonly cold: boolean;
  /** Its instant, ms; null where the table has none. */
  readonly at: number | null;
}

/** Fewer do not pay the way, more would make one changed row cost too much. */
const LEAST = 2000;
const MOST = 5000;

/**
 * The rows of each segment: history apart from what is worked on, by table and date, so that what is forgotten together lies
 * together. What is too little for a segment is left for another night.
 */
export function groups(rows: readonly Packable[]): readonly (readonly Packable[])[] {
  const [cold, hot] = [rows.filter((row) => row.cold), rows.filter((row) => !row.cold)];
  return [hot, ...Map.groupBy(cold, ({ kind }) => kind).values()].flatMap((some) => cut(some.toSorted(byKindAndDate)));
}

const byKindAndDate = (a: Packable, b: Packable): number => a.kind - b.kind || (a.at ?? a.seq) - (b.at ?? b.seq) || a.seq - b.seq;

/** Equal parts, none larger than the most. */
function cut(rows: readonly Packable[]): Packable[][] {
  if (rows.length < LEAST) return [];
  const parts = Math.ceil(rows.length / MOST);
  return Array.from({ length: parts }, (_, part) =>
    rows.slice(Math.floor((part * rows.length) / parts), Math.floor(((part + 1) * rows.length) / parts)),
  );
}
