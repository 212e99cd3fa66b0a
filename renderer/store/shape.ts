import { crc32 } from '#shared/protocol/crc32.ts';
import type { Table } from '#shared/schema/table.ts';
import { tableList } from '#shared/tables/index.ts';

const sumOf = (value: unknown): string =>
  crc32(new TextEncoder().encode(JSON.stringify(value)))
    .toString(16)
    .padStart(8, '0');

/** Eight hex digits that change when a table has another column, or one of another shape. */
export const shapeOf = ({ columns }: Pick<Table, 'columns'>): string =>
  sumOf(
    Object.entries(columns)
      .map(([name, { shape, nullable }]) => [name, shape, nullable])
      .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );

/** The same over all tables: names this program's to people who compare two workstations. */
export const schemaHash = (): string => sumOf(tableList.map((table) => [table.kind, shapeOf(table)]));
