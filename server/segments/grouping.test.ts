import { expect, test } from 'vitest';
import { groups, type Packable } from './grouping.ts';

const row = (seq: number, over: Partial<Packable> = {}): Packable => ({
  kind: 6,
  id: `r${seq}`,
  seq,
  line: '',
  cold: false,
  at: null,
  ...over,
});
const many = (count: number, over: (i: number) => Partial<Packable> = () => ({})): Packable[] =>
  Array.from({ length: count }, (_, i) => row(i + 1, over(i)));

test.each([
  [0, 0],
  [1999, 0],
  [2000, 1],
  [5000, 1],
  [5001, 2],
  [41_600, 9],
])('%i rows fill segments of two to five thousand', (count, segments) => {
  const cut = groups(many(count)).map((group) => group.length);
  expect(cut.length).toBe(segments);
  expect(cut.reduce((sum, size) => sum + size, 0)).toBe(count < 2000 ? 0 : count);
  for (const size of cut) expect(size >= 2000 && size <= 5000).toBe(true);
});

test('tables lie together, then dates; every row is in one segment', () => {
  const rows = many(6000, (i) => ({ kind: i % 2 === 0 ? 6 : 10, at: 6000 - i }));
  const cut = groups(rows);
  expect(cut.map((group) => [...new Set(group.map(({ kind }) => kind))])).toEqual([[6], [10]]);
  expect(cut.flat().map(({ at }) => at)).toEqual([
    ...Array.from({ length: 3000 }, (_, i) => 2 * i + 2),
    ...Array.from({ length: 3000 }, (_, i) => 2 * i + 1),
  ]);
});

test('history of each table is apart, and too little of it waits', () => {
  const rows = [...many(2000, () => ({ kind: 10, cold: true, at: 1 })), ...many(100, () => ({ kind: 12, cold: true, at: 1 }))];
  expect(groups(rows).map((group) => group.length)).toEqual([2000]);
});
