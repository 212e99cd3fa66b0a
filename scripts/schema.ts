/** Prints the shapes of all tables and mutations, one line each; `npm run schema` writes them to `shared/tables/schema.lock`. */
import { writeFileSync } from 'node:fs';
import type { Columns } from '#shared/schema/column.ts';
import { mutationOfName, tableList } from '#shared/tables/index.ts';

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

if (process.argv[1] === import.meta.filename) writeFileSync('shared/tables/schema.lock', schemaLines());
