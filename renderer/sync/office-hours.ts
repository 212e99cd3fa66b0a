/** When the bureau's line is wanted for other things: Monday to Friday, local time, minutes of the day. */
const OFFICE_HOURS = [
  [8 * 60 + 30, 12 * 60],
  [14 * 60 + 30, 18 * 60],
] as const;

export function inOfficeHours(at: Date): boolean {
  const minute = at.getHours() * 60 + at.getMinutes();
  const workday = at.getDay() >= 1 && at.getDay() <= 5;
  return workday && OFFICE_HOURS.some(([from, to]) => minute >= from && minute < to);
}
