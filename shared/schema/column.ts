import * as z from 'zod';

/**
 * Columns: the small set of value shapes that IndexedDB, PostgreSQL and JSON all hold without loss.
 * A column is a zod type plus what a validator cannot say: SQL type, Chinese and English label, unit,
 * the words of its values, and whether it is personal information (sealed at rest on a workstation).
 */
export type Shape = 'text' | 'integer' | 'real' | 'flag' | 'instant' | 'day' | 'word' | 'ref' | 'json';

/** Chinese word first, English second. */
export type Words = readonly [zh: string, en: string];

export interface Column<T = unknown> {
  readonly shape: Shape;
  readonly zod: z.ZodType<T>;
  readonly label: Words;
  readonly nullable: boolean;
  readonly unit?: string;
  /** Table that this id points at. */
  readonly ref?: string;
  /** Name of the column that says which table this id points at. */
  readonly refBy?: string;
  /** Code of each allowed value → its words. */
  readonly words?: Readonly<Record<string, Words>>;
  /** Smallest and greatest number, or length of a text. */
  readonly range?: readonly [min: number, max: number];
  readonly pattern?: RegExp;
  /** Personal information: encrypted on the workstation, masked in lists and exports by default. */
  readonly personal?: boolean;
  /** Values to draw from where a generator cannot make one (json). */
  readonly examples?: readonly T[];
}

export type Columns = Readonly<Record<string, Column>>;
export type ValueOf<C> = C extends Column<infer T> ? T : never;
export type RowOf<C extends Columns> = { readonly [K in keyof C]: ValueOf<C[K]> };

interface TextRule {
  readonly max?: number;
  readonly min?: number;
  /** Must match as a whole. */
  readonly pattern?: RegExp;
}

/** One line or paragraph of text, at most 2,000 characters unless told otherwise. */
export function text(zh: string, en: string, { min = 0, max = 2000, pattern }: TextRule = {}): Column<string> {
  const zod = z.string().min(min).max(max);
  const plain = { shape: 'text', label: [zh, en], nullable: false, range: [min, max] } as const;
  return pattern ? { ...plain, zod: zod.regex(pattern), pattern } : { ...plain, zod };
}

interface NumberRule {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
}

export function integer(zh: string, en: string, rule: NumberRule = {}): Column<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = rule;
  const unit = rule.unit === undefined ? {} : { unit: rule.unit };
  return { shape: 'integer', zod: z.int().min(min).max(max), label: [zh, en], nullable: false, range: [min, max], ...unit };
}

export function real(zh: string, en: string, rule: NumberRule = {}): Column<number> {
  const { min = -1e15, max = 1e15 } = rule;
  const unit = rule.unit === undefined ? {} : { unit: rule.unit };
  return { shape: 'real', zod: z.number().min(min).max(max), label: [zh, en], nullable: false, range: [min, max], ...unit };
}

export function flag(zh: string, en: string): Column<boolean> {
  return { shape: 'flag', zod: z.boolean(), label: [zh, en], nullable: false };
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function instant(zh: string, en: string): Column<number> {
  return { shape: 'instant', zod: z.int().min(0).max(8.64e15), label: [zh, en], nullable: false };
}

/** A calendar day in Lanzhou, `yyyy-mm-dd`. */
export function day(zh: string, en: string): Column<string> {
  return { shape: 'day', zod: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), label: [zh, en], nullable: false };
}

/** One of a closed list; `words` gives each code its Chinese and English word. */
export function word<const W extends Readonly<Record<string, Words>>>(
  zh: string,
  en: string,
  words: W,
): Column<keyof W & string> {
  const codes = Object.keys(words) as [keyof W & string, ...(keyof W & string)[]];
  return { shape: 'word', zod: z.enum(codes), label: [zh, en], nullable: false, words };
}

/** The id of a row of `table`, by name, so that tables may point at later ones. */
export function ref(zh: string, en: string, table: string): Column<string> {
  return { shape: 'ref', zod: z.string().min(1).max(64), label: [zh, en], nullable: false, ref: table };
}

/** The id of a row of the table that the column `by` names. */
export function refBy(zh: string, en: string, by: string): Column<string> {
  return { ...text(zh, en, { min: 1, max: 64 }), refBy: by };
}

/** A small structured value, checked by its own zod schema. */
export function json<T>(zh: string, en: string, schema: z.ZodType<T>, examples: readonly T[]): Column<T> {
  return { shape: 'json', zod: schema, label: [zh, en], nullable: false, examples };
}

export function nullable<T>(column: Column<T>): Column<T | null> {
  return { ...column, zod: column.zod.nullable(), nullable: true };
}

export function personal<T>(column: Column<T>): Column<T> {
  return { ...column, personal: true };
}
