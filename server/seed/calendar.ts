/** Days and hours in Lanzhou (UTC+8, no summer time). Instants are ms since 1970-01-01T00:00:00Z. */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const OFFSET_MS = 8 * HOUR_MS;

/** Midnight in Lanzhou that begins the day of `at`. */
export const startOfDay = (at: number): number => Math.floor((at + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS;

/** The calendar day of `at`, `yyyy-mm-dd`. */
export const dayOf = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(0, 10);

/** `at`, or the same hour of the Friday before when it falls on a weekend; holidays are not known here. */
export function onWeekday(at: number): number {
  const weekday = new Date(at + OFFSET_MS).getUTCDay();
  if (weekday === 0) return at - 2 * DAY_MS;
  return weekday === 6 ? at - DAY_MS : at;
}
