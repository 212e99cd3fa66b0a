import type { AnyRow, Row, Table } from '#shared/schema/table.ts';
import { grants } from '#shared/tables/grants.ts';
import type { Sql } from '../../sync/commit-clock.ts';
import type { Reader, StoredRow } from '../centre-store.ts';
import { rowSql } from './row-sql.ts';

const GRANTS = `select * from grants where "districtId" = $1 and "officerId" = $2`;

function asStored(row: AnyRow & { readonly ver?: unknown }): StoredRow {
  const { ver, ...columns } = row;
  return { row: columns, ver: Number(ver) };
}

export const readerOver = (sql: Sql): Reader => ({
  async rows(table: Table, district: string, ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, StoredRow>();
    const { rows } = await sql.query(rowSql(table).select, [district, ids]);
    return new Map((rows as readonly AnyRow[]).map((row) => [row.id, asStored(row)]));
  },
  async grantsOf({ districtId, officerId }) {
    const { rows } = await sql.query(GRANTS, [districtId, officerId]);
    return (rows as readonly AnyRow[]).map((row) => asStored(row).row as Row<typeof grants>);
  },
});
