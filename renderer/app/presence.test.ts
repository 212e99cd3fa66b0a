import { expect, test } from 'vitest';
import { IDLE_MS, presence } from './presence.ts';

const watched = () => {
  const clock = { at: 1_000_000 };
  return { clock, officer: presence(() => clock.at) };
};

test('whoever gives a sign in time stays', () => {
  const { clock, officer } = watched();
  for (let sign = 0; sign < 3; sign += 1) {
    clock.at += IDLE_MS - 1;
    expect(officer.seen()).toBe(true);
  }
  expect(officer.away()).toBe(false);
});

test('the first sign after a sleep of the computer does not count as presence', () => {
  const { clock, officer } = watched();
  clock.at += IDLE_MS;
  expect(officer.seen()).toBe(false);
  clock.at += 1;
  expect(officer.seen()).toBe(false);
  expect(officer.away()).toBe(true);
});

test('a clock that was turned back does not lengthen the stay', () => {
  const { clock, officer } = watched();
  clock.at -= 60 * 60_000;
  expect(officer.away()).toBe(false);
  clock.at += IDLE_MS;
  expect(officer.away()).toBe(true);
});
