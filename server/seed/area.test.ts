import { expect, test } from 'vitest';
import { type Area, around, divide, outline, pointIn, ringHolds, sizeOf } from './area.ts';
import { areaOf } from './geography.ts';
import { randomOf } from './random.ts';

const L_SHAPE: Area = [
  [
    [
      [0, 0],
      [4, 0],
      [4, 1],
      [1, 1],
      [1, 4],
      [0, 4],
      [0, 0],
    ],
  ],
];

test('a point in the notch of an L is outside of it', () => {
  const ring = L_SHAPE[0]?.[0] ?? [];
  expect(ringHolds(ring, [0.5, 3])).toBe(true);
  expect(ringHolds(ring, [3, 3])).toBe(false);
});

test.each([2, 3, 7, 20])('an L cut into %i gives parts of one size that make it whole', (count) => {
  const parts = divide(L_SHAPE, count);
  expect(parts).toHaveLength(count);
  for (const part of parts) expect(sizeOf(part)).toBeCloseTo(sizeOf(L_SHAPE) / count, 5);
});

test('红古 keeps both of its parts when it is cut', () => {
  const whole = areaOf('620111');
  expect(whole).toHaveLength(2);
  const parts = divide(whole, 56);
  expect(parts.reduce((sum, part) => sum + sizeOf(part), 0)).toBeCloseTo(sizeOf(whole), 8);
});

test('points drawn in an outline lie in its largest ring', () => {
  const rings = outline(L_SHAPE);
  const random = randomOf('points');
  for (let i = 0; i < 200; i++) expect(ringHolds(rings[0] ?? [], pointIn(rings, random))).toBe(true);
});

test('two hundred metres around a point stay within the cell', () => {
  const cell: Area = [
    [
      [
        [103.8, 36],
        [103.81, 36],
        [103.81, 36.01],
        [103.8, 36.01],
        [103.8, 36],
      ],
    ],
  ];
  const inner = sizeOf(around([103.805, 36.005], 200, cell));
  expect(inner).toBeGreaterThan(0);
  expect(sizeOf(around([103.8, 36.005], 200, cell))).toBeCloseTo(inner / 2, 8);
});
