import type { ChecklistItem } from '#shared/domain/verdict.ts';

export interface Category {
  readonly name: string;
  readonly items: readonly ChecklistItem[];
}

/** The items under their headings, in the order of the published list. */
export function itemsByCategory(items: readonly ChecklistItem[]): readonly Category[] {
  const found = new Map<string, ChecklistItem[]>();
  for (const item of items) found.set(item.category, [...(found.get(item.category) ?? []), item]);
  return [...found].map(([name, under]) => ({ name, items: under }));
}
