/**
 * How the log stays short. Small records are merged in two tiers, so each word is written again twice at most before the base takes
 * it in; the base is written anew when superseded words outweigh, so its cost is spread over as many changes as there are rows.
 */
import type { AnyRow, Table } from '#shared/schema/table.ts';
import { tableOfName } from '#shared/tables/index.ts';
import type { LogRecord } from './databases.ts';
import type { History } from './history.ts';
import { goneLine, type Line, linesIn, putLine, readLine, shadowLine } from './lines.ts';
import type { Memory } from './memory.ts';

export type RecordHead = Omit<LogRecord, 'sealed'>;

/** More records than this of one tier at the end of the log are merged. */
const MOST_RECORDS = 64;
const TIERS = [64, 4096] as const;
/** Superseded words that are no reason yet to write everything anew. */
const SLACK = 10_000;
const BASE_ROWS = 5000;

/** `merge`: these records become one in the place of the last. `rewrite`: the base is written anew. */
export type Plan = { readonly merge: readonly RecordHead[] } | 'rewrite' | 'nothing';

/** `heads` in order; `live`: words that stand, as many as a new base would have at most. */
export function planOf(heads: readonly RecordHead[], live: number): Plan {
  if (heads.reduce((sum, { rows }) => sum + rows, 0) > 2 * live + SLACK) return 'rewrite';
  for (const most of TIERS) {
    const start = heads.findLastIndex(({ base, rows }) => base || rows > most) + 1;
    if (heads.length - start > MOST_RECORDS) return { merge: heads.slice(start) };
  }
  return 'nothing';
}

/** The newest words of records that follow each other. */
export function merged(texts: readonly string[]): string[] {
  const newest = new Map<string, string>();
  for (const text of texts) {
    let stream: string | undefined;
    for (const one of linesIn(text)) {
      const line = readLine(one);
      if (line.t === undefined) newest.set(wordKey(line), withStream(one, line, stream));
      else stream = line.stream ?? stream;
    }
  }
  return [...newest.values()];
}

const wordKey = ({ k, id, c, x }: Line): string => `${k}/${id}/${c !== undefined || x === 'bare' ? 'shadow' : 'row'}`;

const withStream = (text: string, line: Line, stream: string | undefined): string =>
  line.x === undefined || line.x === 'bare' || line.o !== undefined ? text : JSON.stringify({ ...line, o: stream });

/** A part of a new base. */
export interface BasePart {
  readonly streams: readonly string[];
  readonly lines: readonly string[];
}

/** Everything that memory holds but what is kept packed, in records of one stream each; shadows and gone words in one of their own. */
export async function baseOf(
  memory: Memory,
  packs: Pick<History, 'holds' | 'any'>,
  rest: () => Promise<void>,
): Promise<BasePart[]> {
  const rows = [...tableOfName.values()].flatMap((table) => memory.all(table.name).map((row) => ({ table, row })));
  const [shadows, gone] = [memory.shadows(), packs.any() ? memory.gone() : []];
  const parts: BasePart[] = [];
  const byStream = Map.groupBy(
    rows.filter(({ row }) => !packs.holds(row)),
    ({ table, row }) => table.streamOf(row),
  );
  for (const [stream, all] of byStream)
    for (let from = 0; from < all.length; from += BASE_ROWS) {
      parts.push({ streams: [stream], lines: all.slice(from, from + BASE_ROWS).map(({ table, row }) => putLine(table, row)) });
      await rest();
    }
  const words = [
    ...shadows.flatMap(({ table, id, row }) => lineOf(table, (known) => shadowLine(known, id, row))),
    ...gone.flatMap((one) => lineOf(one.table, (known) => goneLine(known, one))),
  ];
  const streams = [...gone.map(({ stream }) => stream), ...shadows.map(({ table, row }) => streamOfRow(table, row))];
  return words.length === 0 ? parts : [...parts, { streams: [...new Set(streams)], lines: words }];
}

const lineOf = (name: string, write: (table: Table) => string): string[] => {
  const table = tableOfName.get(name);
  return table ? [write(table)] : [];
};

const streamOfRow = (name: string, row: AnyRow | null): string => {
  const table = tableOfName.get(name);
  return row && table ? table.streamOf(row) : '';
};
