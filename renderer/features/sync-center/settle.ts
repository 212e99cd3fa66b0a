import type { Changes, FieldConflict } from '#shared/schema/mutation.ts';

export type Side = 'mine' | 'theirs';

/** What still has to be sent once every disputed field has a side: mine over theirs, from what stands there now. */
export function settle(conflicts: readonly FieldConflict[], sides: Readonly<Record<string, Side>>): Changes {
  return Object.fromEntries(
    conflicts
      .filter(({ field }) => sides[field] === 'mine')
      .map(({ field, mine, theirs }) => [field, { from: theirs ?? null, to: mine ?? null }]),
  );
}

/** Has every field a side? */
export const isSettled = (conflicts: readonly FieldConflict[], sides: Readonly<Record<string, Side>>): boolean =>
  conflicts.every(({ field }) => sides[field] !== undefined);
