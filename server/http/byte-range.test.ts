import { expect, test } from 'vitest';
import { byteRange } from './byte-range.ts';

test.each([
  ['bytes=0-3', { start: 0, end: 4 }],
  ['bytes=4-', { start: 4, end: 10 }],
  ['bytes=4-99', { start: 4, end: 10 }],
  ['bytes=-3', { start: 7, end: 10 }],
  ['bytes=-99', { start: 0, end: 10 }],
])('%s of ten bytes is a part', (header, part) => {
  expect(byteRange(header, 10)).toEqual(part);
});

test.each([[undefined], ['bytes=-'], ['bytes=10-'], ['bytes=5-3'], ['bytes=0-1,4-5'], ['rows=0-3'], ['bytes=-0']])(
  '%s means everything',
  (header) => {
    expect(byteRange(header, 10)).toBeUndefined();
  },
);
