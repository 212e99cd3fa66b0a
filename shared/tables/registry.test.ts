import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { record } from '../../tests/support/arbitrary.ts';
import { checkArgs, rowSchema } from '../schema/table.ts';
import { mutationOfName, mutations, tableList, tableOfKind, tables } from './index.ts';

test('every table has its own number and the name it is registered under', () => {
  expect(tableOfKind.size).toBe(tableList.length);
  for (const [name, t] of Object.entries(tables)) expect(t.name).toBe(name);
  expect(Object.keys(mutations)).toEqual(Object.keys(tables));
});

test('every reference names a table that exists', () => {
  const missing = tableList.flatMap((t) =>
    Object.values(t.columns).filter((column) => column.ref !== undefined && !(column.ref in tables)),
  );
  expect(missing).toEqual([]);
});

test('every index is over columns that exist', () => {
  for (const t of tableList) for (const index of t.indexes) for (const key of index) expect(t.columns).toHaveProperty(key);
});

test('every column and mutation has a Chinese and an English word', () => {
  const labels = [
    ...tableList.flatMap((t) => Object.values(t.columns).map((c) => c.label)),
    ...[...mutationOfName.values()].map((m) => m.mutation.label),
  ];
  for (const [zh, en] of labels) expect([zh.length > 0, en.length > 0]).toEqual([true, true]);
});

test.each(tableList.map((t) => [t.name, t] as const))('every generated row of %s fits its own definition', (_name, t) => {
  assert(
    property(record(t.columns), (row) => {
      expect(rowSchema(t).safeParse({ ...row, id: 'x', districtId: '620102' }).success).toBe(true);
    }),
  );
});

test.each([...mutationOfName].map(([name, m]) => [name, m] as const))(
  'every generated argument of %s is accepted',
  (_name, { mutation }) => {
    assert(
      property(record(mutation.args), (args) => {
        expect(checkArgs(mutation.args, args)).toEqual(args);
      }),
    );
  },
);

test('a prototype name of the wire reaches no mutation', () => {
  for (const name of ['__proto__', 'constructor', 'subjects.__proto__', 'subjects.constructor', 'toString'])
    expect(mutationOfName.has(name)).toBe(false);
});
