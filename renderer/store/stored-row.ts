import type { AnyRow, Table } from '#shared/schema/table.ts';
import type { Seal } from './seal.ts';

/**
 * A row as it lies in IndexedDB: what stands in personal columns sealed together in `$sealed`, the stream it belongs to in
 * `$stream`, everything else plain, so that indexes work. An empty personal column is no secret and stays as it is.
 */
export interface StoredRow {
  readonly id: string;
  readonly districtId: string;
  readonly $stream: string;
  readonly $sealed?: Uint8Array;
  readonly [column: string]: unknown;
}

const personalNames = new WeakMap<Table, readonly string[]>();

function personalOf(table: Table): readonly string[] {
  const known = personalNames.get(table);
  if (known) return known;
  const names = Object.entries(table.columns).flatMap(([name, column]) => (column.personal ? [name] : []));
  personalNames.set(table, names);
  return names;
}

export function storeRow(table: Table, row: AnyRow, seal: Seal): StoredRow {
  const names = personalOf(table).filter((name) => row[name] !== null && row[name] !== undefined);
  const stored: Record<string, unknown> & { id: string; districtId: string; $stream: string } = {
    ...row,
    $stream: table.streamOf(row),
  };
  if (names.length === 0) return stored;
  const hidden: Record<string, unknown> = {};
  for (const name of names) {
    hidden[name] = row[name];
    delete stored[name];
  }
  stored['$sealed'] = seal.seal(JSON.stringify(hidden));
  return stored;
}

export function openRow(stored: StoredRow, seal: Seal): AnyRow {
  const { $stream: _stream, $sealed, ...plain } = stored;
  return $sealed === undefined ? plain : { ...plain, ...(JSON.parse(seal.open($sealed)) as Record<string, unknown>) };
}
