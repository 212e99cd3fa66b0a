import type { Column } from '#shared/schema/column.ts';
import type { Changes } from '#shared/schema/mutation.ts';

/** What of a row was changed in a form, as the edit of a table wants it; fields left alone are absent. */
export function changesOf(row: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>>): Changes {
  const changed = Object.entries(values).filter(([field, to]) => (row[field] ?? null) !== (to ?? null));
  return Object.fromEntries(changed.map(([field, to]) => [field, { from: row[field] ?? null, to: to ?? null }]));
}

export type Flaw =
  | { readonly kind: 'missing' }
  | { readonly kind: 'tooLong'; readonly most: number }
  | { readonly kind: 'outside'; readonly min: number; readonly max: number }
  | { readonly kind: 'wrong' };

/** What is wrong with a value, in terms a person can act on; null when it fits. */
export function flawOf(column: Column, value: unknown): Flaw | null {
  if (column.zod.safeParse(value).success) return null;
  if (value === null || value === undefined || value === '') return { kind: 'missing' };
  const [min, max] = column.range ?? [];
  if (typeof value === 'string' && max !== undefined && value.length > max) return { kind: 'tooLong', most: max };
  if (typeof value === 'number' && min !== undefined && max !== undefined) return { kind: 'outside', min, max };
  return { kind: 'wrong' };
}
