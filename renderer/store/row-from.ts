import type { AnyRow, Table } from '#shared/schema/table.ts';

/** Columns of a row as they travel: without id and district. */
export type Content = Record<string, unknown>;

const nullableNames = new WeakMap<Table, readonly string[]>();

function nullableOf(table: Table): readonly string[] {
  const known = nullableNames.get(table);
  if (known) return known;
  const names = Object.entries(table.columns).flatMap(([name, column]) => (column.nullable ? [name] : []));
  nullableNames.set(table, names);
  return names;
}

/** The row; `content` becomes it. Nullable columns that whoever wrote it did not know are null. */
export function rowFrom(table: Table, id: string, districtId: string, content: Content): AnyRow {
  for (const name of nullableOf(table)) if (content[name] === undefined) content[name] = null;
  return Object.assign(content, { id, districtId });
}
