import { anything, type Arbitrary, assert, constant, constantFrom, double, integer, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { tableList } from '../tables/index.ts';
import { fits } from './fits.ts';
import { rowSchema } from './table.ts';
import { record } from '../../tests/support/arbitrary.ts';
import type { AnyRow, Table } from './table.ts';

const rowOf = ({ columns }: Table): Arbitrary<AnyRow> =>
  record(columns).map((row) => ({ ...row, id: 'r1', districtId: '620102' }));

/** Values at the edge of what columns allow, and any other. */
const odd = oneof(
  constantFrom(null, undefined, '', '2026-11-24', '620102', -1, 0, 1.5, 8.64e15, 8.64e15 + 1, Number.NaN, Infinity, true, [], {}),
  constant('长'.repeat(2001)),
  integer(),
  double(),
  string(),
  anything({ maxDepth: 2 }),
);

test.each(tableList.map((table) => [table.name, table] as const))(
  '%s: the quick check says what the schema says',
  (_name, table) => {
    const schema = rowSchema(table);
    const names = [...Object.keys(table.columns), 'id', 'districtId'];
    assert(
      property(rowOf(table), constantFrom(...names), odd, (row, name, value) => {
        expect(fits(table, row)).toBe(true);
        const spoiled = { ...row, [name]: value };
        expect(fits(table, spoiled)).toBe(schema.safeParse(spoiled).success);
      }),
      { numRuns: 400 },
    );
  },
);

test('a column of a newer version is let through when it is harmless', () => {
  const [table] = tableList;
  if (!table) throw new Error('no table');
  assert(
    property(rowOf(table), (row) => {
      expect(fits(table, { ...row, later: { deep: [1] } })).toBe(true);
      const forbidden = JSON.parse('{"__proto__":{"x":1}}') as object;
      expect(() => fits(table, { ...row, later: forbidden })).toThrow(expect.objectContaining({ kind: 'forbiddenKey' }));
    }),
    { numRuns: 5 },
  );
});
