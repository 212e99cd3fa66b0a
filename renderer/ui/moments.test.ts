import { expect, test } from 'vitest';
import { clockOf, dayOf, daysUntil, endOfDay, momentOf, secondOf, stamp } from './moments.ts';

const lateEvening = Date.parse('2026-11-24T17:30:00Z');

test('an instant is read in Lanzhou time', () => {
  expect(stamp(lateEvening)).toBe('2026-11-25 01:30');
  expect(dayOf(lateEvening)).toBe('2026-11-25');
  expect(clockOf(lateEvening)).toBe('01:30');
  expect(secondOf(lateEvening + 9000)).toBe('11-25 01:30:09');
});

test('the year is told only when it is not the present one', () => {
  expect(momentOf(lateEvening, lateEvening)).toBe('11-25 01:30');
  expect(momentOf(Date.parse('2025-06-01T02:00:00Z'), lateEvening)).toBe('2025-06-01 10:00');
});

test('a deadline of three days ends with that day', () => {
  expect(stamp(endOfDay(lateEvening, 3))).toBe('2026-11-28 23:59');
  expect(daysUntil(endOfDay(lateEvening, 3), lateEvening)).toBe(3);
  expect(daysUntil(endOfDay(lateEvening, -1), lateEvening)).toBe(-1);
});
