import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tableList } from '#shared/tables/index.ts';
import { glossaryPage } from './glossary.ts';

test('the glossary says what the tables say: run `npm run glossary` and review what it changed', () => {
  expect(glossaryPage()).toBe(readFileSync('docs/glossary.md', 'utf8'));
});

test('every table, column and value has its line', () => {
  const page = glossaryPage();
  for (const { name, label, columns } of tableList) {
    expect(page).toContain(`## ${label[0]} · ${label[1]} · \`${name}\``);
    for (const column of Object.values(columns)) expect(page).toContain(`| ${column.label[0]} | ${column.label[1]} |`);
  }
});
