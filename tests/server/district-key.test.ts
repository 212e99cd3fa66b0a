import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { tableList } from '#shared/tables/index.ts';
import { DISTRIBUTED } from '../../server/store/distribution.ts';
import { rowSql } from '../../server/store/pg/row-sql.ts';

/** One statement of the server: where it stands, and what it says with `?` for whatever is put into it. */
interface Statement {
  readonly where: string;
  readonly text: string;
}

const STATEMENT = /^\s*(with|select|insert|update|delete)\s/i;

const sources = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => join('server', path));

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('?');
  return undefined;
}

/** The nearest thing with a name that the statement stands in. */
function nameAround(node: ts.Node): string {
  for (let at: ts.Node | undefined = node; at; at = at.parent)
    if ((ts.isVariableDeclaration(at) || ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) && at.name)
      if (ts.isIdentifier(at.name) || ts.isStringLiteral(at.name)) return at.name.text;
  return '';
}

function statementsIn(path: string): Statement[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Statement[] = [];
  const look = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined && STATEMENT.test(text)) found.push({ where: `${path} ${nameAround(node)}`, text });
    node.forEachChild(look);
  };
  look(file);
  return found;
}

const derived = tableList.flatMap((table) =>
  Object.entries(rowSql(table)).map(([name, text]) => ({ where: `${table.name} ${name}`, text: String(text) })),
);
const statements = [...sources.flatMap(statementsIn), ...derived];

const touches = (text: string): boolean =>
  [...DISTRIBUTED.keys()].some((table) =>
    new RegExp(`\\b(from|join|into|update)\\s+"?${table}"?[\\s(]|\\b(from|update)\\s+"?${table}"?$`).test(text),
  );

/** An insert names it among its columns, everything else compares it. */
const namesDistrict = (text: string): boolean =>
  /insert\s+into\s+\S+(\s+as\s+\w+)?\s*\([^)]*(district_id|"districtId")/.test(text) ||
  /(district_id|"districtId")\s*=/.test(text);

const without = statements.filter(({ text }) => touches(text) && !namesDistrict(text)).map(({ where }) => where);

test('the statements of the server are found', () => {
  expect(statements.filter(({ text }) => touches(text)).length).toBeGreaterThan(60);
});

test('no statement on what is spread by district lacks the district, except those that docs/scale.md names with their reason', () => {
  const listed = Array.from(
    readFileSync('docs/scale.md', 'utf8').matchAll(/^\| `(server\/\S+)` `([^`]+)` \|/gm),
    ([, path, name]) => [path, name].join(' '),
  );
  expect(without.toSorted()).toEqual(listed.toSorted());
});
