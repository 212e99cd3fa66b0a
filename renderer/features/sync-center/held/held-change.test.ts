import { expect, test } from 'vitest';
import { changeWords } from '../change-lines.ts';
import { argsToTake, heldChange } from './held-change.ts';

const dismissed = {
  mutation: 'problems.dismiss',
  version: 1,
  targetId: 'p1',
  args: { id: 'p1', reason: '现场复核，标签完好' },
};

test('held work reads like the change it is', () => {
  const change = heldChange(dismissed);
  expect(change).toMatchObject({ name: 'problems.dismiss', table: 'problems', targetId: 'p1' });
  const { verb, lines } = changeWords(change);
  expect(verb[0]).toBe('判为误报');
  expect(lines.map(({ value }) => value)).toEqual(['现场复核，标签完好']);
});

test('it is taken over with the very words it was done with', () => {
  expect(argsToTake(dismissed)).toEqual(dismissed.args);
});

test.each([
  ['of a later version', { ...dismissed, version: 99 }],
  ['of a program with other actions', { ...dismissed, mutation: 'cases.open' }],
])('work %s is shown as it came and cannot be taken over', (_which, held) => {
  expect(argsToTake(held)).toBeUndefined();
  expect(heldChange(held).args).toEqual(dismissed.args);
});
