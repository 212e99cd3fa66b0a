import { expect, test } from 'vitest';
import { randomOf } from './random.ts';

const draws = (name: string): number[] => {
  const random = randomOf(name);
  return Array.from({ length: 2000 }, () => random.next());
};

test('a name gives the same sequence every time and another name another one', () => {
  expect(draws('a')).toEqual(draws('a'));
  expect(draws('a')).not.toEqual(draws('b'));
});

test('both ends of a range come up and nothing beyond them', () => {
  const random = randomOf('dice');
  const faces = new Set(Array.from({ length: 500 }, () => random.int(1, 6)));
  expect(faces).toEqual(new Set([1, 2, 3, 4, 5, 6]));
});

test('a key of no weight is never drawn, the others about as often as they weigh', () => {
  const random = randomOf('weights');
  const drawn = Array.from({ length: 4000 }, () => random.weighted({ never: 0, seldom: 1, often: 3 }));
  expect(drawn).not.toContain('never');
  const often = drawn.filter((key) => key === 'often').length / drawn.length;
  expect(often).toBeGreaterThan(0.7);
  expect(often).toBeLessThan(0.8);
});
