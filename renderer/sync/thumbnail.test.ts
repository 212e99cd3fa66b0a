import { expect, test } from 'vitest';
import { smallSize, thumbnailOf } from './thumbnail.ts';

test.each([
  [
    { width: 4000, height: 3000 },
    { width: 320, height: 240 },
  ],
  [
    { width: 3000, height: 4000 },
    { width: 240, height: 320 },
  ],
  [
    { width: 200, height: 100 },
    { width: 200, height: 100 },
  ],
  [
    { width: 8000, height: 4 },
    { width: 320, height: 1 },
  ],
])('a picture of %o gets a small one of %o', (original, small) => {
  expect(smallSize(original)).toEqual(small);
});

test('what is no picture and what is small enough itself has no small picture', async () => {
  expect(await thumbnailOf(new Uint8Array(100_000), 'application/pdf')).toBeNull();
  expect(await thumbnailOf(new Uint8Array(40 * 1024), 'image/jpeg')).toBeNull();
});
