import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

test('what is left over goes to the largest remainders', () => {
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(7, [50, 30, 20])).toEqual([4, 2, 1]);
});

test('parts always add up, and none is a whole one away from its exact share', () => {
  const weights = array(integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 });
  assert(
    property(integer({ min: 0, max: 20_000 }), weights, (total, given) => {
      const parts = apportion(total, given);
      expect(sum(parts)).toBe(total);
      for (const [i, part] of parts.entries()) expect(Math.abs(part - (total * (given[i] ?? 0)) / sum(given))).toBeLessThan(1);
    }),
  );
});
