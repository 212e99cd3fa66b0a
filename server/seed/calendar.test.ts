import { expect, test } from 'vitest';
import { dayOf, onWeekday, startOfDay } from './calendar.ts';

test('a day in Lanzhou begins at four in the afternoon of universal time', () => {
  const lateEvening = Date.parse('2022-06-14T16:30:00Z');
  expect(new Date(startOfDay(lateEvening)).toISOString()).toBe('2022-06-14T16:00:00.000Z');
  expect(dayOf(lateEvening)).toBe('2022-06-15');
  expect(startOfDay(Date.parse('2022-06-15T15:59:59.999Z'))).toBe(startOfDay(lateEvening));
});

test.each([
  ['2022-06-18T02:00:00Z', '2022-06-17T02:00:00.000Z'],
  ['2022-06-19T02:00:00Z', '2022-06-17T02:00:00.000Z'],
  ['2022-06-20T02:00:00Z', '2022-06-20T02:00:00.000Z'],
  ['2022-06-17T17:00:00Z', '2022-06-16T17:00:00.000Z'],
])('work of %s is done at %s', (given, done) => {
  expect(new Date(onWeekday(Date.parse(given))).toISOString()).toBe(done);
});
