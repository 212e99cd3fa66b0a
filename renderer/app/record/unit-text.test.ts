import { expect, test } from 'vitest';
import { tableList } from '#shared/tables/index.ts';
import { unitText } from './unit-text.ts';

const units = [...new Set(tableList.flatMap((table) => Object.values(table.columns).flatMap(({ unit }) => unit ?? [])))];

test('every unit of a column has an English word or needs none', () => {
  expect(units).toContain('人');
  expect(units.map((unit) => unitText(unit, (pair) => pair[1])).filter((told) => /[\u4e00-\u9fff]/.test(told))).toEqual([]);
});

test('a sign stays as it is, a word stays Chinese in Chinese', () => {
  expect(unitText('m²', (pair) => pair[1])).toBe('m²');
  expect(unitText('人', (pair) => pair[0])).toBe('人');
});
