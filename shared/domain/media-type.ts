/** What may be filed as evidence, and how such a file begins. A name or a type that somebody states proves nothing. */
const starts =
  (...signature: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    signature.every((byte, i) => bytes[i] === byte);

const textAt = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** ISO base media: a box `ftyp` first, whose brand says what is in it. */
const brand = (allowed: RegExp) => (bytes: Uint8Array) => textAt(bytes, 4, 4) === 'ftyp' && allowed.test(textAt(bytes, 8, 4));

const HEIF = brand(/^(hei[cmsx]|hev[cms]|mif1|msf1)$/);

const BEGINS = new Map<string, (bytes: Uint8Array) => boolean>([
  ['image/jpeg', starts(0xff, 0xd8, 0xff)],
  ['image/png', starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
  ['image/webp', (bytes) => textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP'],
  ['image/heic', HEIF],
  ['image/heif', HEIF],
  ['application/pdf', starts(0x25, 0x50, 0x44, 0x46, 0x2d)],
  ['video/mp4', brand(/^(isom|iso\d|mp4\d|avc1|M4V |MSNV|dash|3gp\d)$/)],
  ['video/quicktime', brand(/^qt {2}$/)],
]);

/** Bytes of the beginning that are enough to judge. */
export const HEAD_BYTES = 16;

/** Does a file that begins like this have the stated type, and is that a type of evidence? */
export const fitsMediaType = (mime: string, beginning: Uint8Array): boolean => BEGINS.get(mime)?.(beginning) ?? false;
