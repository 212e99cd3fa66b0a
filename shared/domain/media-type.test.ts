import { expect, test } from 'vitest';
import { fitsMediaType } from './media-type.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

const JPEG = bytes('\xff\xd8\xff\xe0\0\x10JFIF');
const PNG = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR');

test.each<readonly [string, Uint8Array]>([
  ['image/jpeg', JPEG],
  ['image/png', PNG],
  ['image/webp', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
  ['image/heic', bytes('\0\0\0\x18ftypheic\0\0\0\0')],
  ['application/pdf', bytes('%PDF-1.7\n')],
  ['video/mp4', bytes('\0\0\0\x20ftypisom\0\0\x02\0')],
  ['video/quicktime', bytes('\0\0\0\x14ftypqt  \0\0\0\0')],
])('a file of type %s is taken', (mime, beginning) => {
  expect(fitsMediaType(mime, beginning)).toBe(true);
});

test.each<readonly [string, string, Uint8Array]>([
  ['a program named as a photograph', 'image/jpeg', bytes('MZ\x90\0\x03')],
  ['a picture of another type', 'image/jpeg', PNG],
  ['a video named as a picture', 'image/heic', bytes('\0\0\0\x20ftypisom')],
  ['a web page', 'text/html', bytes('<!doctype html>')],
  ['a drawing that may hold a script', 'image/svg+xml', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
  ['the beginning of a beginning', 'image/png', PNG.subarray(0, 4)],
  ['nothing', 'image/jpeg', new Uint8Array()],
])('%s is refused', (_what, mime, beginning) => {
  expect(fitsMediaType(mime, beginning)).toBe(false);
});
