import {
  type Arbitrary,
  boolean,
  constantFrom,
  date as dateOf,
  double,
  integer,
  option,
  record as recordOf,
  string,
  stringMatching,
} from 'fast-check';
import type { Column, Columns } from '#shared/schema/column.ts';

const DAY = dateOf({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map((day) =>
  day.toISOString().slice(0, 10),
);

function value(column: Column): Arbitrary<unknown> {
  const [min = 0, max = 0] = column.range ?? [];
  switch (column.shape) {
    case 'text':
      if (column.pattern) return stringMatching(column.pattern);
      return string({ minLength: min, maxLength: Math.min(max, Math.max(min, 40)) });
    case 'integer':
      return integer({ min: Math.max(min, -1e9), max: Math.min(max, 1e9) });
    case 'real':
      return double({ min, max, noNaN: true });
    case 'flag':
      return boolean();
    case 'instant':
      return integer({ min: 0, max: 4e12 });
    case 'day':
      return DAY;
    case 'word':
      return constantFrom(...Object.keys(column.words ?? {}));
    case 'ref':
      return constantFrom('a', 'b', 'c');
    case 'json':
      return constantFrom(...(column.examples ?? []));
  }
}

const cell = (column: Column): Arbitrary<unknown> => (column.nullable ? option(value(column), { nil: null }) : value(column));

/** Any record that fits `columns`: a new table joins every property test by existing. */
export const record = (columns: Columns): Arbitrary<Record<string, unknown>> =>
  recordOf(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cell(column)])));
