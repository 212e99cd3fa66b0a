import {
  columnDdl,
  type ColumnShape,
  commentDdl,
  conditionOf,
  createTable,
  indexDdl,
  quote,
  tableCommentDdl,
  type TableShape,
} from '../server/store/ddl.ts';

/** Table → what the database is told of it. */
export type Shapes = Readonly<Record<string, TableShape>>;

/** `table.column` → SQL value that the rows which are there already get in a new column. */
export type Fillings = ReadonlyMap<string, string>;

const IDENTIFIER_BYTES = 63;

/**
 * The statements that bring a database from `before` to `after`. Only additions: what would lose rows or values, or fail on rows
 * that are there, is refused in words and has to be written, and thought about, by hand.
 */
export function additive(before: Shapes, after: Shapes, fillings: Fillings): string[] {
  const gone = Object.keys(before).filter((name) => !(name in after));
  if (gone.length > 0) throw new Error(`the tables ${gone.join(', ')} are gone, and their rows with them`);
  return Object.entries(after).flatMap(([name, shape]) => {
    const known = before[name];
    return known ? grown(name, known, shape, fillings) : [createTable(name, shape)];
  });
}

function grown(table: string, before: TableShape, after: TableShape, fillings: Fillings): string[] {
  const gone = Object.keys(before.columns).filter((name) => !(name in after.columns));
  if (gone.length > 0) throw new Error(`the columns ${gone.join(', ')} of ${table} are gone, and their values with them`);
  return [
    ...(before.comment === after.comment ? [] : [tableCommentDdl(table, after)]),
    ...Object.entries(after.columns).flatMap(([name, column]) => {
      const known = before.columns[name];
      return known ? changedColumn(table, name, known, column) : newColumn(table, name, column, fillings);
    }),
    ...without(before.indexes, after.indexes).map((columns) => `drop index ${quote(nameOf(table, ...columns, 'idx'))};`),
    ...without(after.indexes, before.indexes).map((columns) => indexDdl(table, columns)),
  ];
}

/** Those of `these` that are not among `those`. */
function without(these: TableShape['indexes'], those: TableShape['indexes']): TableShape['indexes'] {
  const known = new Set(those.map((columns) => columns.join()));
  return these.filter((columns) => !known.has(columns.join()));
}

/** The name PostgreSQL itself gave. */
function nameOf(table: string, ...rest: readonly string[]): string {
  const parts = rest.at(-1) === 'idx' ? ['districtId', ...rest] : rest;
  const name = [table, ...parts].join('_');
  if (name.length > IDENTIFIER_BYTES) throw new Error(`the name ${name} is longer than the database keeps it`);
  return name;
}

function newColumn(table: string, name: string, column: ColumnShape, fillings: Fillings): string[] {
  const value = fillings.get(`${table}.${name}`);
  if (!column.nullable && value === undefined)
    throw new Error(
      `${table}.${name} is new and never null: say what the rows get that are there already, npm run schema -- ${table}.${name}=<SQL value>`,
    );
  const alter = `alter table ${quote(table)}`;
  const filled = value === undefined ? '' : ` default ${value}`;
  return [
    `${alter} add column ${columnDdl(name, column)}${filled};`,
    ...(value === undefined ? [] : [`${alter} alter column ${quote(name)} drop default;`]),
    commentDdl(table, name, column),
  ];
}

function changedColumn(table: string, name: string, before: ColumnShape, after: ColumnShape): string[] {
  const where = `${table}.${name}`;
  if (before.type !== after.type)
    throw new Error(`${where} was ${before.type} and is ${after.type}: its values must be brought over`);
  if (before.nullable && !after.nullable) throw new Error(`${where} may no longer be null, and there may be rows where it is`);
  const lost = (before.words ?? []).filter((word) => after.words && !after.words.includes(word));
  if (lost.length > 0) throw new Error(`${where} may no longer be ${lost.join(', ')}, and there may be rows where it is`);
  const alter = `alter table ${quote(table)}`;
  const [was, is] = [conditionOf(name, before), conditionOf(name, after)];
  const check = quote(nameOf(table, name, 'check'));
  return [
    ...(after.nullable && !before.nullable ? [`${alter} alter column ${quote(name)} drop not null;`] : []),
    ...(was !== null && was !== is ? [`${alter} drop constraint ${check};`] : []),
    ...(is !== null && was !== is ? [`${alter} add constraint ${check} check (${is});`] : []),
    ...(before.comment === after.comment ? [] : [commentDdl(table, name, after)]),
  ];
}
