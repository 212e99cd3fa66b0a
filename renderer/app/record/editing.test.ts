import { expect, test } from 'vitest';
import { subjects } from '#shared/tables/subjects.ts';
import { changesOf, flawOf } from './editing.ts';

test('a form tells only what was changed, and from what', () => {
  const row = { name: '兰山面馆', diners: 40, areaM2: null, brightKitchen: true };
  expect(changesOf(row, { name: '兰山牛肉面', diners: 40, areaM2: null, brightKitchen: true })).toEqual({
    name: { from: '兰山面馆', to: '兰山牛肉面' },
  });
});

test('emptying a number tells null', () => {
  expect(changesOf({ diners: 40 }, { diners: undefined })).toEqual({ diners: { from: 40, to: null } });
});

const { columns } = subjects;
test.each([
  ['a name of its own', columns.name, '面馆', null],
  ['no name', columns.name, '', { kind: 'missing' }],
  ['a name longer than the column', columns.name, '面'.repeat(121), { kind: 'tooLong', most: 120 }],
  ['a negative number of diners', columns.diners, -1, { kind: 'outside', min: 0, max: 100_000 }],
  ['no number of diners', columns.diners, null, null],
  ['a level that does not exist', columns.riskLevel, 'E', { kind: 'wrong' }],
])('%s is judged', (_name, column, value, flaw) => expect(flawOf(column, value)).toEqual(flaw));
