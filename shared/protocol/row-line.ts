import { Fault } from '../errors.ts';
import { parseUnsafe } from './safe-json.ts';

/** A row at its newest number. What stands in `r` is not looked at here: `fits` of its table does. */
export interface PutLine {
  readonly k: number;
  readonly id: string;
  readonly d: string;
  readonly s: number;
  readonly v: number;
  readonly r: Record<string, unknown>;
}

/** A row that is no longer in the stream. */
export interface GoneLine {
  readonly k: number;
  readonly id: string;
  readonly d: string;
  readonly s: number;
  readonly x: 'gone' | 'moved';
}

export type PageRow = PutLine | GoneLine;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** One row line of a page or of a segment, by hand, because there are thousands. */
export function readRowLine(text: string): PageRow {
  const line = parseUnsafe(text);
  if (typeof line !== 'object' || line === null) throw notOurs();
  const { k, id, d, s, v, r, x } = line as Readonly<Record<string, unknown>>;
  if (!Number.isSafeInteger(k) || typeof id !== 'string' || typeof d !== 'string' || !isCount(s)) throw notOurs();
  const at = { k: Number(k), id, d, s };
  if (x === 'gone' || x === 'moved') return { ...at, x };
  if (isCount(v) && isRecord(r)) return { ...at, v, r };
  throw notOurs();
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const notOurs = (): Fault => new Fault('notOurServer', 'a line of the page has another shape');
