import type { Table } from '#shared/schema/table.ts';
import { quote, SQL_TYPE } from '../ddl.ts';

/** The statements of one table, derived from its definition. */
export interface RowSql {
  /** $1 district, $2 ids */
  readonly select: string;
  /** $1 district, $2 ids; the columns as JSON text, built by the database. */
  readonly selectJson: string;
  /** $1 rows as one JSON array */
  readonly upsert: string;
  /** $1 district, $2 ids */
  readonly remove: string;
}

const made = new WeakMap<Table, RowSql>();

export function rowSql(t: Table): RowSql {
  const sql = made.get(t) ?? derive(t);
  made.set(t, sql);
  return sql;
}

function derive(t: Table): RowSql {
  const name = quote(t.name);
  const columns = Object.entries(t.columns).map(([column, { shape }]) => ({ name: quote(column), type: SQL_TYPE[shape] }));
  const all = ['"id"', '"districtId"', ...columns.map((column) => column.name), '"ver"'].join(', ');
  const types = ['"id" text', '"districtId" text', ...columns.map((column) => `${column.name} ${column.type}`), '"ver" bigint'];
  const updates = [...columns.map((column) => column.name), '"ver"'].map((column) => `${column} = excluded.${column}`);
  const which = 'where t."districtId" = $1 and t."id" = any($2)';
  return {
    select: `select ${all} from ${name} t ${which}`,
    selectJson: `select t."id", t."ver", row_to_json(c)::text as "json" from ${name} t
      cross join lateral (select ${columns.map((column) => `t.${column.name}`).join(', ')}) c ${which}`,
    upsert: `insert into ${name} (${all}) select ${all} from jsonb_to_recordset($1::jsonb) as r (${types.join(', ')})
      on conflict ("districtId", "id") do update set ${updates.join(', ')}`,
    remove: `delete from ${name} t ${which}`,
  };
}
