import { expect, test } from 'vitest';
import { programOf } from './program-age.ts';

const CENTRE = { oldest: '0.9.0', newest: '0.10.2' };

test.each([
  ['0.10.2', 'current'],
  ['0.11.0', 'current'],
  ['0.10.1', 'old'],
  ['0.9.0', 'old'],
  ['0.8.99', 'tooOld'],
  ['no version', 'current'],
])('a program %s is %s where 0.9.0 is the oldest and 0.10.2 the newest', (app, age) => {
  expect(programOf(app, CENTRE)).toEqual({ age, newest: '0.10.2' });
});

test('a centre that names no versions calls every program current', () => {
  expect(programOf('0.0.1', { oldest: null, newest: null })).toEqual({ age: 'current', newest: null });
});
