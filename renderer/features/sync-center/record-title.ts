import type { AnyRow } from '#shared/schema/table.ts';
import { type TableName, tables } from '#shared/tables/index.ts';
import type { Local } from '../../store/local-api.ts';

const isTable = (name: string): name is TableName => Object.hasOwn(tables, name);

/** What a person calls a row: its name, title, category or caption; a visit is called after whom it visits. */
export async function titleOfRecord(local: Local, table: string, id: string): Promise<string> {
  if (!isTable(table)) return id;
  const row: AnyRow | undefined = await local.get(table, id);
  if (!row) return id;
  if (table === 'inspections') return titleOfRecord(local, 'subjects', String(row['subjectId']));
  const said = [row['name'], row['title'], row['category'], row['caption']].find(
    (text) => typeof text === 'string' && text !== '',
  );
  return typeof said === 'string' ? said : id;
}

/** Where the record can be seen; null where it has no page of its own. */
export function placeOfRecord(table: string, id: string): string | null {
  switch (table) {
    case 'subjects':
      return `/subjects/${id}/file`;
    case 'tasks':
      return `/tasks/${id}`;
    case 'inspections':
      return `/inspections/${id}`;
    case 'problems':
      return `/problems/${id}`;
    case 'gridCells':
      return `/grid/${id}`;
    default:
      return null;
  }
}
