import { weigh } from './check-digit.ts';

export type ResidentIdFlaw = 'pattern' | 'date' | 'check';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return year >= 1800 && day >= 1 && day <= days;
}

/** Why a 居民身份证 number is wrong, `undefined` when it fits. GB 11643: 17 digits with a real birth date, check by weights mod 11. */
export function residentIdFlaw(id: string): ResidentIdFlaw | undefined {
  if (!/^\d{17}[\dX]$/.test(id)) return 'pattern';
  if (!isDay(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14)))) return 'date';
  const check = '10X98765432'[weigh(Array.from(id.slice(0, 17), Number), WEIGHTS) % 11];
  return check === id[17] ? undefined : 'check';
}

/** Shown masked only: the first three and the last two characters stay. */
export const maskResidentId = (id: string): string => `${id.slice(0, 3)}${'*'.repeat(Math.max(0, id.length - 5))}${id.slice(-2)}`;
