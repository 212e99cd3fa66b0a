/**
 * What a record of the copy says, line by line: the rows of a page as they came from the centre (page.ts), and our own words.
 *
 *     {"k":6,"id":"s1","d":"620102","r":{…}}         the row as it shows here
 *     {"k":6,"id":"s1","x":"gone","o":"d:620102"}    no row here; the stream that said so, where it is known
 *     {"k":6,"id":"s1","d":"620102","c":{…}}         the centre's version under a row with work of mine; null: the centre has none
 *     {"k":6,"id":"s1","x":"bare"}                   no work of mine on it any more
 *
 * Lines with `t` (begin and end of a page) say which stream the page is of. The newest word about a row, and about its shadow, wins.
 */
import type { AnyRow, Table } from '#shared/schema/table.ts';
import { tableOfKind, tableOfName } from '#shared/tables/index.ts';
import type { CacheChanges } from '../sync/ports.ts';
import type { Gone, Memory } from './memory.ts';
import { type Content, rowFrom } from './row-from.ts';

export interface Line {
  readonly t?: string;
  readonly stream?: string;
  readonly k: number;
  readonly id: string;
  readonly d: string;
  readonly r?: Content;
  readonly c?: Content | null;
  readonly x?: string;
  readonly o?: string;
}

const columnsOf = (row: AnyRow): object => ({ ...row, id: undefined, districtId: undefined });

export const putLine = (table: Table, row: AnyRow): string =>
  JSON.stringify({ k: table.kind, id: row.id, d: row.districtId, r: columnsOf(row) });

export const goneLine = (table: Table, { id, stream }: Omit<Gone, 'table'>): string =>
  JSON.stringify({ k: table.kind, id, x: 'gone', o: stream });

export const shadowLine = (table: Table, id: string, row: AnyRow | null): string =>
  JSON.stringify({ k: table.kind, id, ...(row ? { d: row.districtId } : {}), c: row && columnsOf(row) });

/** A step as lines. `streamOf`: the stream that a row which goes belonged to. */
export function linesOf(changes: CacheChanges, streamOf: (table: Table, id: string) => string): string[] {
  const lines: string[] = [];
  for (const [name, rows] of changes.puts) {
    const table = tableOfName.get(name);
    if (table) for (const row of rows) lines.push(putLine(table, row));
  }
  for (const [name, ids] of changes.removes) {
    const table = tableOfName.get(name);
    if (table) for (const id of ids) lines.push(goneLine(table, { id, stream: streamOf(table, id) }));
  }
  for (const { table: name, id, row } of changes.shadowPuts) {
    const table = tableOfName.get(name);
    if (table) lines.push(shadowLine(table, id, row));
  }
  for (const { table: name, id } of changes.shadowRemoves) {
    const table = tableOfName.get(name);
    if (table) lines.push(JSON.stringify({ k: table.kind, id, x: 'bare' }));
  }
  return lines;
}

export function* linesIn(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const line = text.slice(from, end === -1 ? text.length : end);
    from = end === -1 ? text.length : end + 1;
    if (line !== '') yield line;
  }
}

/** Only this program wrote it, or kept it after it had been checked; and the seal was unbroken. */
export const readLine = (text: string): Line => JSON.parse(text) as Line;

/** Takes all words of a record into memory; `fits` leaves out rows that an older program could not judge. */
export function takeRecord(memory: Memory, text: string, fits: (table: Table, row: AnyRow) => boolean): void {
  const puts = new Map<string, AnyRow[]>();
  let stream: string | undefined;
  /** Rows are put together as long as nothing else is said of their table. */
  const flush = (name: string): void => {
    const rows = puts.get(name);
    if (rows) memory.put(name, rows);
    puts.delete(name);
  };
  for (const one of linesIn(text)) {
    const line = readLine(one);
    if (line.t !== undefined) {
      stream = line.stream ?? stream;
      continue;
    }
    const table = tableOfKind.get(line.k);
    if (!table) continue;
    const { name } = table;
    if (line.r) {
      const row = rowFrom(table, line.id, line.d, line.r);
      if (!fits(table, row)) continue;
      const rows = puts.get(name);
      if (rows) rows.push(row);
      else puts.set(name, [row]);
    } else if (line.c !== undefined) {
      memory.putShadow({ table: name, id: line.id, row: line.c && rowFrom(table, line.id, line.d, line.c) });
    } else if (line.x === 'bare') {
      memory.dropShadow(name, line.id);
    } else {
      flush(name);
      memory.remove(name, [line.id], line.o ?? stream);
    }
  }
  for (const [name, rows] of puts) memory.put(name, rows);
}
