import { Fault } from '#shared/errors.ts';
import type { Page } from '#shared/protocol/page.ts';
import { rowSchema } from '#shared/schema/table.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { ServerChange } from './rebase.ts';

/**
 * The rows of a page as changes to the copy. A kind that a newer centre has and we do not is passed over; a row that does not
 * fit its table or belongs to another stream did not come from our centre, and the page is refused whole.
 */
export function changesOf(page: Page): ServerChange[] {
  const changes: ServerChange[] = [];
  for (const line of page.rows) {
    const table = tableOfKind.get(line.k);
    if (!table) continue;
    if ('x' in line) {
      changes.push({ table, id: line.id, row: null });
      continue;
    }
    const read = rowSchema(table).safeParse({ ...line.r, id: line.id, districtId: line.d });
    if (!read.success) throw new Fault('notOurServer', 'a row does not fit its table', { table: table.name, id: line.id });
    if (table.streamOf(read.data) !== page.stream)
      throw new Fault('notOurServer', 'a row of another stream', { table: table.name, id: line.id, stream: page.stream });
    changes.push({ table, id: line.id, row: read.data });
  }
  return changes;
}
