/** Four tables of 256, so that four bytes are taken at once; number n is the effect of a byte n places further on. */
const TABLES = new Uint32Array(1024);
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  TABLES[n] = c;
}
for (let n = 256; n < 1024; n++) {
  const before = TABLES[n - 256] ?? 0;
  TABLES[n] = (TABLES[before & 0xff] ?? 0) ^ (before >>> 8);
}
const at = (place: number): number => TABLES[place] as number;

/** CRC-32 (IEEE 802.3, as in zip) of `bytes`, going on from the sum of what came before. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const byte = (place: number): number => bytes[place] as number;
  let c = ~before;
  let i = 0;
  for (const end = bytes.length - 3; i < end; i += 4) {
    c ^= byte(i) | (byte(i + 1) << 8) | (byte(i + 2) << 16) | (byte(i + 3) << 24);
    c = at(768 + (c & 0xff)) ^ at(512 + ((c >>> 8) & 0xff)) ^ at(256 + ((c >>> 16) & 0xff)) ^ at(c >>> 24);
  }
  for (; i < bytes.length; i++) c = at((c ^ byte(i)) & 0xff) ^ (c >>> 8);
  return ~c >>> 0;
}
