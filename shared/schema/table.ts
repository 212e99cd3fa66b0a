import * as z from 'zod';
import { Fault } from '../errors.ts';
import type { Columns, RowOf, Words } from './column.ts';

/** Whose rows these are: the city's dictionaries, a district's work, or one officer's own. */
export type Scope = 'city' | 'district' | 'person';

/** Every row says which district it belongs to; `districtId` is part of every key at the centre. */
export type RowKey = {
  readonly id: string;
  readonly districtId: string;
};

/** A row of some table, when it does not matter which. */
export type AnyRow = RowKey & Readonly<Record<string, unknown>>;

/** One synced table. Methods, not function properties, so that any table is a `Table`. */
export interface Table<N extends string = string, C extends Columns = Columns> {
  readonly name: N;
  /** Number of the table on the wire; never reused. */
  readonly kind: number;
  readonly label: Words;
  readonly doc: string;
  readonly scope: Scope;
  readonly columns: C;
  /** Names of columns; `table()` checks them. A plain string here, so that any table is a `Table`. */
  readonly indexes: readonly (readonly string[])[];
  /** Stream of a row: the unit of reading permission. */
  streamOf(row: AnyRow): string;
  /** Which rows are history; none where it is left out. */
  readonly cold?: Cold;
}

/**
 * A row is cold once it stands in one of the final `states` and its instant `at` lies `afterDays` back: it is kept packed on
 * workstations and looked at rarely. After `keepDays` workstations forget it; the centre keeps it.
 */
export interface Cold {
  readonly states: readonly string[];
  /** Name of an instant column. */
  readonly at: string;
  readonly afterDays: number;
  readonly keepDays: number;
}

const DAY_MS = 24 * 3600_000;

/** Is the row history at `now`, ms? */
export const isCold = ({ cold }: Pick<Table, 'cold'>, row: AnyRow, now: number): boolean =>
  cold !== undefined && cold.states.includes(String(row['state'])) && Number(row[cold.at]) < now - cold.afterDays * DAY_MS;

/** Is the row so old at `now`, ms, that workstations forget it? */
export const isForgotten = ({ cold }: Pick<Table, 'cold'>, row: AnyRow, now: number): boolean =>
  cold !== undefined && cold.states.includes(String(row['state'])) && Number(row[cold.at]) < now - cold.keepDays * DAY_MS;

export type Row<T extends { readonly columns: Columns }> = RowOf<T['columns']> & RowKey;

interface Spec<C extends Columns> extends Omit<Table<string, C>, 'name'> {
  readonly indexes: readonly (readonly (keyof C & string)[])[];
}

export const table = <const N extends string, const C extends Columns>(name: N, spec: Spec<C>): Table<N, C> => ({
  name,
  ...spec,
});

const ID = z.string().min(1).max(64);
const DISTRICT = z.string().regex(/^\d{6}$/);
const shapes = (columns: Columns): Record<string, z.ZodType> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.zod]));

const rowSchemas = new WeakMap<object, z.ZodType<AnyRow>>();

/** Validator of a whole row; columns of a newer version are let through and kept. */
export function rowSchema(t: Pick<Table, 'columns'>): z.ZodType<AnyRow> {
  let schema = rowSchemas.get(t);
  if (!schema) {
    schema = z.looseObject({ ...shapes(t.columns), id: ID, districtId: DISTRICT });
    rowSchemas.set(t, schema);
  }
  return schema;
}

const argSchemas = new WeakMap<object, z.ZodType<Record<string, unknown>>>();

/** Throws `badArgs` naming every field that is wrong, unknown ones included. */
export function checkArgs(columns: Columns, value: unknown): Record<string, unknown> {
  let schema = argSchemas.get(columns);
  if (!schema) {
    schema = z.strictObject(shapes(columns));
    argSchemas.set(columns, schema);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const flaws = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), flaw: issue.message }));
  throw new Fault('badArgs', 'arguments do not fit', { flaws });
}
