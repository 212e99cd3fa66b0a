/**
 * A page of a stream, as lines of JSON:
 *
 *     {"t":"begin","epoch":"…","stream":"d:620102","from":0}
 *     {"k":6,"id":"s1","d":"620102","s":17,"v":3,"r":{…}}        a row at its newest number
 *     {"k":6,"id":"s2","d":"620102","s":18,"x":"gone"}           gone from the stream, or "moved"
 *     {"t":"end","seq":18,"mark":"…","more":false,"mine":7,"n":2,"crc":…}
 *
 * Invariants
 * 1. Without its `end` line, or with another count or sum than that line says, a page is discarded whole.
 * 2. `crc` is CRC-32 over the UTF-8 bytes of all row lines, without line ends.
 * 3. Numbers rise strictly within a page and lie above the cursor that was asked from.
 * 4. `mine` is the greatest `n` of a mutation from this officer and workstation that the centre has decided, read in the same
 *    snapshot as the rows. A page with nothing after it (`more` false) completes a picture of the stream in which every
 *    mutation up to `mine` is contained or refused, so the workstation stops running those on top, whether or not it has
 *    heard their outcome.
 */
import * as z from 'zod';
import { Fault } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { type PageRow, readRowLine } from './row-line.ts';
import { parseJson } from './safe-json.ts';

const SEQ = z.int().min(0);
const begin = z.object({ t: z.literal('begin'), epoch: z.string(), stream: z.string(), from: SEQ });
const end = z.object({ t: z.literal('end'), seq: SEQ, mark: z.string(), more: z.boolean(), mine: SEQ, n: SEQ, crc: SEQ });
export type { PageRow };

export interface Page {
  readonly epoch: string;
  readonly stream: string;
  readonly from: number;
  readonly rows: readonly PageRow[];
  readonly seq: number;
  readonly mark: string;
  readonly more: boolean;
  /** See invariant 4. */
  readonly mine: number;
}

/** What the shape of a line must be; a line that is JSON of another kind did not come from our server. */
function read<T>(schema: z.ZodType<T>, line: string): T {
  const parsed = schema.safeParse(parseJson(line));
  if (!parsed.success)
    throw new Fault('notOurServer', 'a line of the page has another shape', { issue: parsed.error.issues[0]?.message });
  return parsed.data;
}

/** Reads a whole page from its text, which begins with what the transport called it: `contentType`. */
export function readPage(contentType: string, bytes: Uint8Array, decode: (bytes: Uint8Array) => string): Page {
  if (!contentType.startsWith('application/x-ndjson'))
    throw new Fault('notOurServer', 'the answer is not a page', { contentType });
  const lines = decode(bytes).split('\n');
  // What follows the last line end is an unfinished line, and is kept to be seen as one.
  if (lines.at(-1) === '') lines.pop();
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined || lines.length < 2) throw new Fault('truncatedStream', 'the page has no end');
  const head = read(begin, first);
  const tail = isEnd(last) ? read(end, last) : undefined;
  if (!tail) throw new Fault('truncatedStream', 'the page has no end', { lines: lines.length });
  if (lines.length - 2 !== tail.n || sumOfRows(bytes) !== tail.crc)
    throw new Fault('truncatedStream', 'the page is not whole', { n: tail.n, got: lines.length - 2 });
  const rows = lines.slice(1, -1).map(readRowLine);
  let before = head.from;
  for (const { s } of rows) {
    if (s <= before || s > tail.seq) throw new Fault('notOurServer', 'numbers do not rise', { before, s });
    before = s;
  }
  const { seq, mark, more, mine } = tail;
  return { epoch: head.epoch, stream: head.stream, from: head.from, rows, seq, mark, more, mine };
}

const isEnd = (line: string): boolean => line.startsWith('{"t":"end",') && line.endsWith('}');

/** Sum of all lines but the first and the last, without their ends. */
function sumOfRows(bytes: Uint8Array): number {
  const last = bytes.lastIndexOf(10, bytes.at(-1) === 10 ? bytes.length - 2 : bytes.length - 1);
  let sum = 0;
  for (let start = bytes.indexOf(10) + 1; start <= last; ) {
    const stop = bytes.indexOf(10, start);
    sum = crc32(bytes.subarray(start, stop), sum);
    start = stop + 1;
  }
  return sum;
}

/** One page as text: the other half of `readPage`. */
export function writePage(page: Page, encode: (text: string) => Uint8Array): string {
  const rows = page.rows.map((row) => JSON.stringify(row));
  const crc = rows.reduce((sum, line) => crc32(encode(line), sum), 0);
  const head = { t: 'begin', epoch: page.epoch, stream: page.stream, from: page.from };
  const tail = { t: 'end', seq: page.seq, mark: page.mark, more: page.more, mine: page.mine, n: rows.length, crc };
  return `${[JSON.stringify(head), ...rows, JSON.stringify(tail)].join('\n')}\n`;
}
