import { expect, test } from 'vitest';
import type { ColumnShape, TableShape } from '../server/store/ddl.ts';
import { additive } from './additive.ts';

const text: ColumnShape = { type: 'text', nullable: false, words: null, check: null, comment: '名称' };
const word: ColumnShape = { ...text, words: ['open', 'closed'] };
const table = (columns: TableShape['columns'], indexes: TableShape['indexes'] = []): TableShape => ({
  comment: 'x: y',
  columns,
  indexes,
});
const from = (before: TableShape, after: TableShape, fillings: readonly (readonly [string, string])[] = []): string[] =>
  additive({ t: before }, { t: after }, new Map(fillings));

test('what has not changed needs no statement', () => {
  expect(from(table({ name: text }, [['name']]), table({ name: text }, [['name']]))).toEqual([]);
});

test('a new table is made whole', () => {
  const [statement] = additive({}, { t: table({ name: text }) }, new Map());
  expect(statement).toContain('create table "t"');
});

test('a column that may be null is added with its condition and its comment', () => {
  expect(from(table({}), table({ state: { ...word, nullable: true } }))).toEqual([
    `alter table "t" add column "state" text check ("state" in ('open', 'closed'));`,
    `comment on column "t"."state" is '名称';`,
  ]);
});

test('a column that is never null is refused until it is said what the rows get that are there', () => {
  expect(() => from(table({}), table({ name: text }))).toThrow('npm run schema -- t.name=');
  expect(from(table({}), table({ name: text }), [['t.name', "''"]])).toEqual([
    `alter table "t" add column "name" text not null default '';`,
    `alter table "t" alter column "name" drop default;`,
    `comment on column "t"."name" is '名称';`,
  ]);
});

test('a new word replaces the condition; an index comes and goes', () => {
  const more = { ...word, words: ['open', 'closed', 'lost'] };
  expect(from(table({ state: word }), table({ state: more }))).toEqual([
    'alter table "t" drop constraint "t_state_check";',
    `alter table "t" add constraint "t_state_check" check ("state" in ('open', 'closed', 'lost'));`,
  ]);
  expect(from(table({ name: text }, [['name']]), table({ name: text }, [['ver', 'name']]))).toEqual([
    'drop index "t_districtId_name_idx";',
    'create index on "t" ("districtId", "ver", "name");',
  ]);
});

test.each([
  ['a table that is gone', () => additive({ t: table({}) }, {}, new Map())],
  ['a column that is gone', () => from(table({ name: text }), table({}))],
  ['another type', () => from(table({ name: text }), table({ name: { ...text, type: 'bigint' } }))],
  ['never null any more', () => from(table({ name: { ...text, nullable: true } }), table({ name: text }))],
  ['a word less', () => from(table({ state: word }), table({ state: { ...word, words: ['open'] } }))],
])('%s is refused in words', (_what, grow) => {
  expect(grow).toThrow(/gone|brought over|no longer/);
});
