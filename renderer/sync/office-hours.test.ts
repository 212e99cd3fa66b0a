import { expect, test } from 'vitest';
import { inOfficeHours } from './office-hours.ts';

test.each<readonly [string, boolean]>([
  ['2026-11-23T08:29:59', false],
  ['2026-11-23T08:30:00', true],
  ['2026-11-27T11:59:59', true],
  ['2026-11-27T12:00:00', false],
  ['2026-11-25T14:29:00', false],
  ['2026-11-25T14:30:00', true],
  ['2026-11-25T18:00:00', false],
  ['2026-11-28T10:00:00', false],
  ['2026-11-29T10:00:00', false],
])('%s, local time, is within office hours: %s', (at, within) => {
  expect(inOfficeHours(new Date(at))).toBe(within);
});
