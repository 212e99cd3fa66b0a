import type { Sql } from '../../server/sync/commit-clock.ts';

/** What a database knows of one table, in an order of its own. */
export interface KnownTable {
  readonly comment: string | null;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly constraints: readonly string[];
  readonly indexes: readonly string[];
}

const COLUMNS = `select column_name as name, jsonb_build_object('type', data_type, 'nullable', is_nullable, 'default', column_default,
    'comment', col_description(to_regclass(quote_ident($1)), ordinal_position)) as about
  from information_schema.columns where table_schema = 'public' and table_name = $1`;
const CONSTRAINTS = `select conname || ' ' || pg_get_constraintdef(oid) as text from pg_constraint
  where conrelid = to_regclass(quote_ident($1)) order by 1`;
const INDEXES = `select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = to_regclass(quote_ident($1)) order by 1`;
const COMMENT = `select obj_description(to_regclass(quote_ident($1))) as text`;

export async function knownTable(sql: Sql, name: string): Promise<KnownTable> {
  const texts = async (query: string): Promise<string[]> =>
    ((await sql.query(query, [name])).rows as readonly { readonly text: string }[]).map(({ text }) => text);
  const columns = (await sql.query(COLUMNS, [name])).rows as readonly { readonly name: string; readonly about: unknown }[];
  return {
    comment: (await texts(COMMENT))[0] ?? null,
    columns: Object.fromEntries(columns.map(({ name: column, about }) => [column, about])),
    constraints: await texts(CONSTRAINTS),
    indexes: await texts(INDEXES),
  };
}
