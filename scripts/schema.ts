/**
 * `npm run schema` writes what follows from the tables: `shared/tables/schema.lock` (the shapes of all tables and mutations,
 * one line each), and where the database is to be told something new, the next migration. `derived.json` beside the migrations
 * says what these have told it so far. A migration that is written is never written again.
 *
 *     npm run schema -- subjects.rank=0      what rows that are there already get in a new column that is never null
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Columns } from '#shared/schema/column.ts';
import { mutationOfName, tableList } from '#shared/tables/index.ts';
import { shapeOf } from '../server/store/ddl.ts';
import { migrationFiles } from '../server/store/migrate.ts';
import { additive, type Fillings, type Shapes } from './additive.ts';

const MIGRATIONS = 'server/store/migrations';
const DERIVED = `${MIGRATIONS}/derived.json`;

const columns = (all: Columns): string =>
  Object.entries(all)
    .map(
      ([name, c]) =>
        `${name}:${c.shape}${c.nullable ? '?' : ''}${c.personal ? '!' : ''}${c.words ? `(${Object.keys(c.words).join('|')})` : ''}${c.ref ? `→${c.ref}` : ''}`,
    )
    .join(' ');

export function schemaLines(): string {
  const shapes = tableList.map((t) => `table ${t.kind} ${t.name} [${t.scope}] ${columns(t.columns)}`);
  const verbs = Array.from(
    mutationOfName.values(),
    ({ name, mutation }) => `mutation ${name} v${mutation.v} ${mutation.class} ${columns(mutation.args)}`,
  );
  return `${[...shapes, ...verbs].join('\n')}\n`;
}

/** What the definitions tell the database. */
export const shapesOfToday = (): Shapes => Object.fromEntries(tableList.map((t) => [t.name, shapeOf(t)]));

/** What the migrations so far have told it. */
export const shapesSoFar = (): Shapes => JSON.parse(readFileSync(DERIVED, 'utf8')) as Shapes;

/** Statements by which the database would follow the definitions; none when it does. */
export const missing = (fillings: Fillings = new Map()): string[] => additive(shapesSoFar(), shapesOfToday(), fillings);

function fillingsOf(args: readonly string[]): Fillings {
  return new Map(
    args.map((arg) => {
      const [, column, value] = /^(\w+\.\w+)=(.+)$/.exec(arg) ?? [];
      if (column === undefined || value === undefined) throw new Error(`not table.column=value: ${arg}`);
      return [column, value];
    }),
  );
}

function write(args: readonly string[]): void {
  const statements = missing(fillingsOf(args));
  writeFileSync('shared/tables/schema.lock', schemaLines());
  if (statements.length === 0) return;
  const number = String(Number(migrationFiles().at(-1)?.name.slice(0, 4) ?? 0) + 1).padStart(4, '0');
  const text = ['-- Written by `npm run schema` from shared/tables.', ...statements].join('\n');
  writeFileSync(`${MIGRATIONS}/${number}-tables.sql`, `${text}\n`, { flag: 'wx' });
  writeFileSync(DERIVED, `${JSON.stringify(shapesOfToday(), undefined, 1)}\n`);
}

if (process.argv[1] === import.meta.filename) write(process.argv.slice(2));
