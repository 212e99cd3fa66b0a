import type { Collection, Dexie, Table } from 'dexie';
import { type TableName, tables } from '#shared/tables/index.ts';
import type { Local, Mark, Range, RowFor } from './local-api.ts';
import type { Seal } from './seal.ts';
import { openRow, type StoredRow } from './stored-row.ts';
import { watched } from './watched.ts';

const LONG_MS = 30_000;

/** Reads the copy of the open database; `read` hears which tables were looked at. */
export function localOver(db: Dexie, seal: Seal, refused: ReadonlySet<string>, read: (table: string) => void): Local {
  const rows = (name: string) => {
    read(name);
    return db.table<StoredRow, string>(name);
  };
  // The row was written from a row of this very table.
  const opened = <N extends TableName>(stored: StoredRow): RowFor<N> => openRow(stored, seal) as RowFor<N>;

  return {
    get: (table, id) =>
      watched(async () => {
        const stored = await rows(table).get(id);
        return stored && opened(stored);
      }),
    many: (table, ids) => watched(async () => (await rows(table).bulkGet([...ids])).map((stored) => stored && opened(stored))),
    all: (table) => watched(async () => (await rows(table).toArray()).map((stored) => opened(stored)), LONG_MS),
    count: (table) => watched(() => rows(table).count()),
    where: (table, equal, { range, descending = false, limit } = {}) =>
      watched(async () => {
        const upward = rowsBy(rows(table), table, equal, range);
        const found = descending ? upward.reverse() : upward;
        return (await (limit === undefined ? found : found.limit(limit)).toArray()).map((stored) => opened(stored));
      }, LONG_MS),
    marks: (table, ids) =>
      watched(async () => {
        read(table);
        const shadows = await db.table('_shadow').bulkGet(ids.map((id) => [table, id]));
        const marks = new Map<string, Mark>();
        for (const [place, id] of ids.entries()) {
          if (shadows[place] !== undefined) marks.set(id, 'waiting');
          if (refused.has(`${table}/${id}`)) marks.set(id, 'refused');
        }
        return marks;
      }),
  };
}

/** The rows under the index whose first columns are those asked for. */
function rowsBy(
  store: Table<StoredRow, string>,
  table: TableName,
  equal: Readonly<Record<string, string | number>>,
  range: Range | undefined,
): Collection<StoredRow, string> {
  const names = Object.keys(equal);
  const index = tables[table].indexes.find(
    (columns) =>
      names.every((name) => columns.slice(0, names.length).includes(name)) && (!range || columns.length > names.length),
  );
  if (!index) throw new TypeError(`no index of ${table} for ${names.join('+')}`);
  const prefix = index.slice(0, names.length).map((name) => equal[name] as string | number);
  if (index.length === 1) return store.where(String(index[0])).equals(prefix[0] as string | number);
  const rest = index.length - prefix.length;
  const lower = [...prefix, ...(rest > 0 ? [range?.from ?? Number.NEGATIVE_INFINITY] : [])];
  const upper = [...prefix, ...(rest > 0 ? [range?.to ?? []] : [])];
  return store.where(`[${index.join('+')}]`).between(lower, upper, true, true);
}
