import { expect, test } from 'vitest';
import { nextNight } from './every-night.ts';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 4, day, hour, minute).getTime();

test.each([
  ['in the evening', at(3, 22), at(4, 2)],
  ['after midnight', at(4, 0, 30), at(4, 2)],
  ['at two exactly', at(4, 2), at(5, 2)],
  ['on the last of the month', at(31, 3), new Date(2026, 5, 1, 2).getTime()],
])('%s the next night is at two', (_when, now, next) => {
  expect(nextNight(now)).toBe(next);
});
