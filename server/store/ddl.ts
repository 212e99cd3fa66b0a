import type { Column, Shape } from '#shared/schema/column.ts';
import type { Table } from '#shared/schema/table.ts';

export const SQL_TYPE: Record<Shape, string> = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
  flag: 'boolean',
  instant: 'bigint',
  day: 'text',
  word: 'text',
  ref: 'text',
  json: 'jsonb',
};

/** What the database is told of one column. */
export interface ColumnShape {
  readonly type: string;
  readonly nullable: boolean;
  /** The words it may hold, where these are a closed list. */
  readonly words: readonly string[] | null;
  /** A condition besides the words. */
  readonly check: string | null;
  readonly comment: string;
}

/** What the database is told of one table, besides what every table has: `id`, `districtId`, `ver` and their key. */
export interface TableShape {
  readonly comment: string;
  readonly columns: Readonly<Record<string, ColumnShape>>;
  /** Columns of each index; every one begins with the district. */
  readonly indexes: readonly (readonly string[])[];
}

/** A name of ours as an SQL identifier: camelCase stands as it is, quoted. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function checkOf(name: string, { pattern, shape, words }: Column): string | null {
  if (words) return null;
  if (pattern) return `${quote(name)} ~ ${literal(pattern.source)}`;
  return shape === 'day' ? `${quote(name)} ~ '^\\d{4}-\\d{2}-\\d{2}$'` : null;
}

const shapeOfColumn = (name: string, column: Column): ColumnShape => ({
  type: SQL_TYPE[column.shape],
  nullable: column.nullable,
  words: column.words ? Object.keys(column.words) : null,
  check: checkOf(name, column),
  comment: `${column.label[0]}${column.unit === undefined ? '' : `(${column.unit})`}`,
});

export const shapeOf = (t: Table): TableShape => ({
  comment: `${t.label[0]}: ${t.doc}`,
  columns: Object.fromEntries(Object.entries(t.columns).map(([name, column]) => [name, shapeOfColumn(name, column)])),
  indexes: t.indexes,
});

/** The condition a column must meet, or null where its type says it all. */
export const conditionOf = (name: string, { words, check }: ColumnShape): string | null =>
  words ? `${quote(name)} in (${words.map(literal).join(', ')})` : check;

export function columnDdl(name: string, column: ColumnShape): string {
  const condition = conditionOf(name, column);
  const not = column.nullable ? '' : ' not null';
  return `${quote(name)} ${column.type}${not}${condition === null ? '' : ` check (${condition})`}`;
}

export const commentDdl = (table: string, column: string, { comment }: ColumnShape): string =>
  `comment on column ${quote(table)}.${quote(column)} is ${literal(comment)};`;

export const tableCommentDdl = (table: string, { comment }: TableShape): string =>
  `comment on table ${quote(table)} is ${literal(comment)};`;

export const indexDdl = (table: string, columns: readonly string[]): string =>
  `create index on ${quote(table)} (${['districtId', ...columns].map(quote).join(', ')});`;

/**
 * `create table` with its indexes, checks and comments.
 * Every key begins with the district, so that the same schema can be distributed by it; `ver` is the engine's own.
 */
export function createTable(name: string, shape: TableShape): string {
  const columns = Object.entries(shape.columns);
  const lines = [
    '"id" text not null',
    '"districtId" text not null',
    ...columns.map(([column, about]) => columnDdl(column, about)),
    '"ver" bigint not null',
    'primary key ("districtId", "id")',
  ];
  return [
    `create table ${quote(name)} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n);`,
    tableCommentDdl(name, shape),
    ...columns.map(([column, about]) => commentDdl(name, column, about)),
    ...shape.indexes.map((index) => indexDdl(name, index)),
  ].join('\n');
}

export const tableDdl = (t: Table): string => createTable(t.name, shapeOf(t));
