import { expect, test } from 'vitest';
import { outlineOf } from './outline.ts';

const square = (id: string, lng: number, lat: number, side: number) => ({
  id,
  rings: [
    [
      [lng, lat],
      [lng + side, lat],
      [lng + side, lat + side],
      [lng, lat],
    ],
  ] as const,
});

test('north is up, west is left, and a degree of longitude at 60° is half as long as one of latitude', () => {
  const outline = outlineOf([square('a', 100, 59.5, 1)], 100);
  expect(outline?.viewBox).toBe('0 0 50.0 100.0');
  expect(outline?.paths).toEqual([{ id: 'a', d: 'M0.0 100.0L50.0 100.0L50.0 0.0L0.0 100.0Z' }]);
});

test('several shapes share one scale', () => {
  const outline = outlineOf([square('a', 0, 0, 1), square('b', 1, 0, 1)], 200);
  expect(outline?.paths.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(outline?.paths[1]?.d.startsWith('M100.0 ')).toBe(true);
});

test('cells without an outline draw nothing', () => expect(outlineOf([{ id: 'a', rings: [] }], 100)).toBeNull());
