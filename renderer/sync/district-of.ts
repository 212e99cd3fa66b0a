import type { Actor } from '#shared/schema/mutation.ts';
import { CITY } from '#shared/schema/stream.ts';
import type { Table } from '#shared/schema/table.ts';
import { type NamedMutation, tableOfName } from '#shared/tables/index.ts';
import type { Standing } from './overlay-tx.ts';

/**
 * The district a mutation works in: that of the row it is about; for a new row that of a row it points at, in the order of the
 * arguments; else the officer's own. Dictionaries of the whole city decide nothing.
 */
export async function districtOf(
  { table, mutation }: NamedMutation,
  args: Readonly<Record<string, unknown>>,
  actor: Actor,
  below: (table: Table, id: string) => Promise<Standing>,
): Promise<string> {
  const target = await below(table, mutation.target(args));
  if (target) return target.districtId;
  for (const [name, column] of Object.entries(mutation.args)) {
    const pointed = tableOfName.get(String(column.ref ?? args[column.refBy ?? '']));
    const id = args[name];
    const row = pointed && typeof id === 'string' ? await below(pointed, id) : null;
    if (row && row.districtId !== CITY) return row.districtId;
  }
  return actor.districtId;
}
