import { Buffer } from 'node:buffer';
import { crc32 as zipSum } from 'node:zlib';
import { assert, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { Fault } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { type Page, readPage, writePage } from './page.ts';
import { parseJson } from './safe-json.ts';

const encode = (text: string): Uint8Array => Buffer.from(text);
const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const NDJSON = 'application/x-ndjson; charset=utf-8';

const PAGE: Page = {
  epoch: 'e1',
  stream: 'd:620102',
  from: 3,
  rows: [
    { k: 6, id: 's1', d: '620102', s: 4, v: 1, r: { name: '张掖路牛肉面(演示)' } },
    { k: 6, id: 's2', d: '620102', s: 7, x: 'moved' },
  ],
  seq: 7,
  mark: 'a1b2',
  more: false,
  mine: 12,
};
const TEXT = writePage(PAGE, encode);

test('a page is read as it was written', () => {
  expect(readPage(NDJSON, encode(TEXT), decode)).toEqual(PAGE);
});

test('a page cut at any byte before its end is discarded whole', () => {
  const bytes = encode(TEXT);
  const refused = (cut: number): boolean => {
    try {
      readPage(NDJSON, bytes.subarray(0, cut), decode);
      return false;
    } catch (error) {
      return error instanceof Fault;
    }
  };
  const accepted = Array.from(bytes.subarray(0, -1).keys()).filter((cut) => !refused(cut));
  expect(accepted).toEqual([]);
});

test('a changed letter, a lost line or numbers that do not rise are not applied', () => {
  expect(() => readPage(NDJSON, encode(TEXT.replace('演示', '显示')), decode)).toThrow(
    expect.objectContaining({ kind: 'truncatedStream' }),
  );
  const lost = TEXT.split('\n').toSpliced(1, 1).join('\n');
  expect(() => readPage(NDJSON, encode(lost), decode)).toThrow(expect.objectContaining({ kind: 'truncatedStream' }));
  const back = writePage({ ...PAGE, rows: PAGE.rows.toReversed() }, encode);
  expect(() => readPage(NDJSON, encode(back), decode)).toThrow(expect.objectContaining({ kind: 'notOurServer' }));
});

test('a sign-in page of a hotel network, answered with 200, is not our server', () => {
  expect(() => readPage('text/html', encode('<html>Login</html>'), decode)).toThrow(
    expect.objectContaining({ kind: 'notOurServer' }),
  );
});

test('keys that could reach a prototype are refused and reach none', () => {
  for (const text of ['{"__proto__":{"x":1}}', '{"a":[{"constructor":{"prototype":{"x":1}}}]}']) {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ kind: 'forbiddenKey' }));
  }
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('what is no JSON, or nested ten thousand deep, is a bad message', () => {
  for (const text of ['<html>', '{"a":', '['.repeat(10_000) + ']'.repeat(10_000)]) {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ kind: 'badMessage' }));
  }
});

test('our sum of bytes is that of zip, in one piece or in two', () => {
  assert(
    property(uint8Array(), uint8Array(), (a, b) => {
      expect(crc32(b, crc32(a))).toBe(zipSum(Buffer.concat([a, b])));
    }),
  );
});
