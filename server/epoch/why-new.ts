/** What a server remembers of its database, outside of it (`epoch.json`). */
export interface Remembered {
  readonly epoch: string;
  readonly systemId: string;
  readonly timeline: number;
  /** Stream → greatest number ever seen there. */
  readonly heads: Readonly<Record<string, number>>;
}

/** Undefined: it remembers nothing, which is no sign of anything. */
export type Memory = Remembered | 'damaged' | undefined;

/** What the database is now. */
export interface Base {
  /** Oldest first; `systemId` and `timeline` null where an earlier program wrote the line. */
  readonly epochs: readonly { readonly epoch: string; readonly systemId: string | null; readonly timeline: number | null }[];
  readonly systemId: string;
  readonly timeline: number;
  readonly heads: ReadonlyMap<string, number>;
}

/**
 * Why this database goes on with another history than it had, in words; undefined when it does not. A database that was restored
 * from a backup does not know it itself: its own epoch came back with it.
 */
export function whyNew(remembered: Memory, { epochs, systemId, timeline, heads }: Base): string | undefined {
  const latest = epochs.at(-1);
  if (!latest) return 'the database is new';
  if (latest.systemId !== null && latest.systemId !== systemId)
    return 'the database stands in another PostgreSQL than it was made in';
  if (latest.timeline !== null && latest.timeline !== timeline) return `the database went over to timeline ${timeline}`;
  if (remembered === undefined) return undefined;
  if (remembered === 'damaged') return 'what this server remembered cannot be read';
  if (remembered.epoch !== latest.epoch)
    // Another server, or this one, has begun the newer epoch already.
    return epochs.some(({ epoch }) => epoch === remembered.epoch)
      ? undefined
      : 'the database has another history than this server remembers';
  if (remembered.systemId !== systemId) return 'the database stands in another PostgreSQL than this server remembers';
  if (remembered.timeline !== timeline) return `the database went over to timeline ${timeline}`;
  const fallen = Object.entries(remembered.heads).find(([stream, seq]) => (heads.get(stream) ?? 0) < seq);
  return fallen && `the head of ${fallen[0]} fell from ${fallen[1]} to ${heads.get(fallen[0]) ?? 0}`;
}
