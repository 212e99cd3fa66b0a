import type { Column, Columns, Shape } from '#shared/schema/column.ts';
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

/** A name of ours as an SQL identifier: camelCase stands as it is, quoted. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function check(name: string, column: Column): string {
  if (column.words) return ` check (${quote(name)} in (${Object.keys(column.words).map(literal).join(', ')}))`;
  if (column.pattern) return ` check (${quote(name)} ~ ${literal(column.pattern.source)})`;
  if (column.shape === 'day') return ` check (${quote(name)} ~ '^\\d{4}-\\d{2}-\\d{2}$')`;
  return '';
}

const columnLine = (name: string, column: Column): string =>
  `  ${quote(name)} ${SQL_TYPE[column.shape]}${column.nullable ? '' : ' not null'}${check(name, column)}`;

const comments = (t: { readonly name: string; readonly columns: Columns }): string[] =>
  Object.entries(t.columns).map(([name, column]) => {
    const unit = column.unit === undefined ? '' : `(${column.unit})`;
    return `comment on column ${quote(t.name)}.${quote(name)} is ${literal(`${column.label[0]}${unit}`)};`;
  });

/**
 * `create table` with its indexes, checks and comments, derived from the definition.
 * Every key begins with the district, so that the same schema can be distributed by it; `ver` is the engine's own.
 */
export function tableDdl(t: Table): string {
  const lines = [
    '  "id" text not null',
    '  "districtId" text not null',
    ...Object.entries(t.columns).map(([name, column]) => columnLine(name, column)),
    '  "ver" bigint not null',
    '  primary key ("districtId", "id")',
  ];
  const indexes = t.indexes.map(
    (index) => `create index on ${quote(t.name)} (${['districtId', ...index].map(quote).join(', ')});`,
  );
  const head = `create table ${quote(t.name)} (\n${lines.join(',\n')}\n);`;
  return [head, `comment on table ${quote(t.name)} is ${literal(`${t.label[0]}: ${t.doc}`)};`, ...comments(t), ...indexes].join(
    '\n',
  );
}
