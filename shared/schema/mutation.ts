import * as z from 'zod';
import { Fault } from '../errors.ts';
import type { Columns, RowOf, Words } from './column.ts';
import { json, ref } from './column.ts';
import type { AnyRow, Row, Table } from './table.ts';

/** Who acts. Built from today's officer and grants at the centre, from the signed lease on a workstation. */
export interface Actor {
  readonly id: string;
  readonly districtId: string;
  readonly roles: readonly string[];
  /** Streams this officer may read and work in. */
  readonly streams: readonly string[];
}

/** What a mutation may touch: rows of its own district and the city's dictionaries. */
export interface Tx {
  get<T extends Table>(table: T, id: string): Promise<Row<T> | undefined>;
  put<T extends Table>(table: T, row: Row<T>): Promise<void>;
  remove(table: Table, id: string): Promise<void>;
}

export interface Act {
  readonly actor: Actor;
  /** District the mutation works in. */
  readonly district: string;
  /** When the officer did it: device clock corrected by the measured offset, ms. Never orders anything. */
  readonly at: number;
}

/**
 * How two people's work meets.
 * `fact`: appended, always accepted. `transition`: legal from the current state or refused with the current row.
 * `edit`: per field; a field that somebody else changed keeps their value and both are reported.
 */
export type ConflictClass = 'fact' | 'transition' | 'edit';

/** One field where two people wrote different values: ours stays visible, theirs stands. */
export interface FieldConflict {
  readonly field: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface Mutation<A extends Columns = Columns> {
  readonly class: ConflictClass;
  readonly v: number;
  /**
   * Version → how its arguments become those of the next one; for work that was done with an earlier program and is still on its
   * way. Each stands here for 18 months.
   */
  readonly earlier?: Readonly<Record<number, Upcast>>;
  readonly label: Words;
  readonly args: A;
  /** Id of the row it is about. */
  target(args: RowOf<A>): string;
  /** Runs on the workstation at once and at the centre for good; pure apart from `tx`. Refuses by throwing a `Fault`. */
  run(tx: Tx, args: RowOf<A>, act: Act): Promise<readonly FieldConflict[] | undefined>;
}

export type Upcast = (args: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** The mutation as its next version: the arguments of the one before are made new by `upcast`. */
export const nextVersion = <A extends Columns>(mutation: Mutation<A>, upcast: Upcast): Mutation<A> => ({
  ...mutation,
  v: mutation.v + 1,
  earlier: { ...mutation.earlier, [mutation.v]: upcast },
});

/** Arguments of version `v` as those of today; undefined when nobody knows how. */
export function argsOfToday(
  { v: today, earlier }: Pick<Mutation, 'v' | 'earlier'>,
  v: number,
  args: Readonly<Record<string, unknown>>,
) {
  let made = args;
  for (let from = v; from < today; from++) {
    const upcast = earlier?.[from];
    if (!upcast) return undefined;
    made = upcast(made);
  }
  return v > today ? undefined : made;
}

type Body<A extends Columns, R> = (tx: Tx, args: RowOf<A>, act: Act) => Promise<R>;

export const transition = <const A extends Columns>(
  label: Words,
  args: A & { readonly id: A['id'] },
  body: Body<A, readonly FieldConflict[] | void>,
): Mutation<A> => ({
  class: 'transition',
  v: 1,
  label,
  args,
  target: (given) => (given as { id: string }).id,
  run: async (tx, given, act) => (await body(tx, given, act)) ?? undefined,
});

const changeSchema = z.record(z.string().max(64), z.strictObject({ from: z.unknown(), to: z.unknown() }));
export type Changes = z.infer<typeof changeSchema>;

/** Equal as JSON values: the order of keys says nothing, and PostgreSQL keeps another one than JavaScript. */
export function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return (a ?? null) === (b ?? null);
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  const sameKind = Array.isArray(a) === Array.isArray(b) && left.length === right.size;
  return sameKind && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

/**
 * The edit of a table: `{field: {from, to}}` over the named fields only.
 * A field still at `from`, or already at `to`, is applied; one that somebody changed meanwhile stays as it is.
 * `complete` puts in what follows from the rest of the row.
 */
export function edit<T extends Table>(
  t: T,
  fields: readonly (keyof T['columns'] & string)[],
  allow: (row: Row<T>, act: Act) => void,
  complete: (row: Row<T>) => Row<T> = (row) => row,
): Mutation<{ id: ReturnType<typeof ref>; changes: ReturnType<typeof json<Changes>> }> {
  return {
    class: 'edit',
    v: 1,
    label: ['修改', 'Edit'],
    args: { id: ref(t.label[0], t.label[1], t.name), changes: json('改动', 'Changes', changeSchema, [{}]) },
    target: (args) => args.id,
    run: async (tx, args, act) => {
      const row = await mustGet(tx, t, args.id);
      allow(row, act);
      const next: Record<string, unknown> = { ...row };
      const conflicts: FieldConflict[] = [];
      for (const [field, { from, to }] of Object.entries(args.changes)) {
        const column = fields.includes(field) ? t.columns[field] : undefined;
        if (!column) throw new Fault('badArgs', `field ${field} cannot be edited`, { flaws: [{ field, flaw: 'not editable' }] });
        const value = column.zod.safeParse(to);
        if (!value.success)
          throw new Fault('badArgs', `field ${field} does not fit`, { flaws: [{ field, flaw: value.error.issues[0]?.message }] });
        const current = (row as AnyRow)[field];
        if (same(current, from) || same(current, to)) next[field] = value.data;
        else conflicts.push({ field, base: from ?? null, mine: to ?? null, theirs: current ?? null });
      }
      await tx.put(t, complete(next as Row<T>));
      return conflicts.length > 0 ? conflicts : undefined;
    },
  };
}

/** The row, or `notFound`. */
export async function mustGet<T extends Table>(tx: Tx, t: T, id: string): Promise<Row<T>> {
  const row = await tx.get(t, id);
  if (!row) throw new Fault('notFound', `no such row in ${t.name}`, { table: t.name, id });
  return row;
}

/** Puts a row that may not exist yet; the very same row again is no change, another one is refused. */
export async function putNew<T extends Table>(tx: Tx, t: T, row: Row<T>): Promise<void> {
  const there = await tx.get(t, row.id);
  if (there === undefined) return tx.put(t, row);
  const keys = Object.keys(t.columns);
  if (!keys.every((key) => same((there as AnyRow)[key], (row as AnyRow)[key]))) {
    throw new Fault('alreadyExists', `another row of ${t.name} has this id`, { table: t.name, id: row.id });
  }
}

/** The mutation that brings a whole row into being: columns of the table plus its id. `complete` puts in what follows from the rest, whatever was sent. */
export function registration<T extends Table>(
  t: T,
  label: Words,
  allow: (act: Act, row: Row<T>, tx: Tx) => void | Promise<void>,
  complete: (row: Row<T>) => Row<T> = (row) => row,
): Mutation<T['columns'] & { id: ReturnType<typeof ref> }> {
  const args = { ...t.columns, id: ref(t.label[0], t.label[1], t.name) } as T['columns'] & { id: ReturnType<typeof ref> };
  return {
    class: 'fact',
    v: 1,
    label,
    args,
    target: (given) => (given as unknown as { id: string }).id,
    run: async (tx, given, act) => {
      const row = complete({ ...given, districtId: act.district });
      await allow(act, row, tx);
      await putNew(tx, t, row);
      return undefined;
    },
  };
}
