import { Fault } from '#shared/errors.ts';
import type { PageRow } from '#shared/protocol/row-line.ts';
import { fits } from '#shared/schema/fits.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import { rowFrom } from '../store/row-from.ts';
import type { ServerChange } from './rebase.ts';

/**
 * Row lines of a stream as changes to the copy. A kind that a newer centre has and we do not is passed over; a row that does not
 * fit its table or belongs to another stream did not come from our centre, and all of them are refused.
 */
export function changesOf(stream: string, rows: readonly PageRow[]): ServerChange[] {
  const changes: ServerChange[] = [];
  for (const line of rows) {
    const table = tableOfKind.get(line.k);
    if (!table) continue;
    if ('x' in line) {
      changes.push({ table, id: line.id, row: null });
      continue;
    }
    const row = rowFrom(table, line.id, line.d, line.r);
    if (!fits(table, row)) throw new Fault('notOurServer', 'a row does not fit its table', { table: table.name, id: line.id });
    if (table.streamOf(row) !== stream)
      throw new Fault('notOurServer', 'a row of another stream', { table: table.name, id: line.id, stream });
    changes.push({ table, id: line.id, row });
  }
  return changes;
}
