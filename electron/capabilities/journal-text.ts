import { crc32 } from 'node:zlib';

/**
 * The text of a lane of the journal.
 *
 *   next\t<crc32>\t<seq>\n        first line: the seq the file would begin with, so that counting goes on after a trim
 *   <seq>\t<crc32>\t<text>\n      one entry; the crc covers seq and text
 *
 * 1. A line without its line feed is torn: the power went while it was written, nobody was told it was kept.
 * 2. A whole line whose crc is wrong is damaged: it is skipped, counted and left in place.
 */
export interface Entry {
  readonly seq: number;
  readonly text: string;
}

/** One entry and where its line begins and ends in the file. */
export interface PlacedEntry extends Entry {
  readonly end: number;
}

export interface LaneContent {
  readonly entries: readonly PlacedEntry[];
  /** Whole lines that cannot be read; a torn last one was never kept, so nothing of it is missing. */
  readonly damaged: number;
  readonly nextSeq: number;
  /** Length of the whole lines, in bytes; what follows is torn. */
  readonly wholeBytes: number;
}

const LINE_FEED = 10;
const crcOf = (seq: number, text: string): string => crc32(`${seq}\t${text}`).toString(16).padStart(8, '0');

export const entryLine = (seq: number, text: string): string => `${seq}\t${crcOf(seq, text)}\t${text}\n`;
export const headerLine = (nextSeq: number): string => `next\t${crcOf(nextSeq, 'next')}\t${nextSeq}\n`;

export function readLane(bytes: Buffer): LaneContent {
  const entries: PlacedEntry[] = [];
  let damaged = 0;
  let nextSeq = 1;
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
    const line = bytes.toString('utf8', start, end);
    start = end + 1;
    const begins = readHeader(line);
    const entry = readEntry(line);
    if (begins !== undefined) nextSeq = Math.max(nextSeq, begins);
    else if (entry) {
      entries.push({ ...entry, end: start });
      nextSeq = Math.max(nextSeq, entry.seq + 1);
    } else {
      // The damaged line may have been an entry: its seq is not given out again.
      damaged += 1;
      nextSeq += 1;
    }
  }
  return { entries, damaged, nextSeq, wholeBytes: start };
}

function readHeader(line: string): number | undefined {
  const [, crc, digits] = /^next\t([0-9a-f]{8})\t(\d{1,15})$/.exec(line) ?? [];
  const next = Number(digits);
  return crc !== undefined && crc === crcOf(next, 'next') ? next : undefined;
}

function readEntry(line: string): Entry | undefined {
  const [, digits, crc, text] = /^(\d{1,15})\t([0-9a-f]{8})\t(.*)$/s.exec(line) ?? [];
  if (text === undefined) return undefined;
  const seq = Number(digits);
  return crc === crcOf(seq, text) ? { seq, text } : undefined;
}
