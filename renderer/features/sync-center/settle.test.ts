import { expect, test } from 'vitest';
import { isSettled, settle } from './settle.ts';

const conflicts = [
  { field: 'contactPhone', base: '1', mine: '2', theirs: '3' },
  { field: 'diners', base: 40, mine: null, theirs: 60 },
];

test('taking mine sends it from what stands there now; keeping theirs sends nothing', () => {
  expect(settle(conflicts, { contactPhone: 'mine', diners: 'theirs' })).toEqual({ contactPhone: { from: '3', to: '2' } });
  expect(settle(conflicts, { contactPhone: 'theirs', diners: 'mine' })).toEqual({ diners: { from: 60, to: null } });
});

test('a dispute is settled when every field has a side', () => {
  expect(isSettled(conflicts, { diners: 'mine' })).toBe(false);
  expect(isSettled(conflicts, { diners: 'mine', contactPhone: 'theirs' })).toBe(true);
});
