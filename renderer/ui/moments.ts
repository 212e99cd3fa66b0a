/** Instants as an officer in Lanzhou reads them, whatever zone the computer believes it is in. */
const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

const toTheSecond = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `11-24 14:03:22` */
export const secondOf = (at: number): string => toTheSecond.format(at).slice(5);
/** `2026-11-24 14:03` */
export const stamp = (at: number): string => format.format(at);
/** `2026-11-24` */
export const dayOf = (at: number): string => stamp(at).slice(0, 10);
/** `14:03` */
export const clockOf = (at: number): string => stamp(at).slice(11);
/** `11-24 14:03`, with the year when it is not the present one. */
export const momentOf = (at: number, now: number): string =>
  dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4) ? stamp(at).slice(5) : stamp(at);

const DAY_MS = 86_400_000;
/** End of the day in Lanzhou that lies `days` after today, ms. */
export const endOfDay = (now: number, days: number): number => Date.parse(`${dayOf(now + days * DAY_MS)}T23:59:59.999+08:00`);
/** Whole days from now until then by the calendar; negative when past. */
export const daysUntil = (at: number, now: number): number =>
  Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(now))) / DAY_MS);
