import { expect, test } from 'vitest';
import { itemsByCategory } from './items-by-category.ts';

const item = (no: number, category: string) => ({ no, category, text: String(no), key: false });

test('items stand under their heading in the order of the list', () => {
  const categories = itemsByCategory([item(1, '许可管理'), item(2, '信息公示'), item(3, '信息公示'), item(4, '许可管理')]);
  expect(categories.map(({ name, items }) => [name, items.map(({ no }) => no)])).toEqual([
    ['许可管理', [1, 4]],
    ['信息公示', [2, 3]],
  ]);
});
