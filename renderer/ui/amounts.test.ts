import { expect, test } from 'vitest';
import { amount, sizeOf } from './amounts.ts';

test.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1536, '1.5 KB'],
  [3 * 1024 ** 3, '3 GB'],
])('%i bytes read %s', (bytes, text) => expect(sizeOf(bytes)).toBe(text));

test('thousands are grouped', () => expect(amount(10055)).toBe('10,055'));
