import type { Column } from '#shared/schema/column.ts';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useWord } from '../../ui/language.ts';

/** A filter over the codes of a column, in its own words. */
export function useWordFilter(): (column: string, defined: Column) => Filter {
  const word = useWord();
  return (column, { label, words = {} }) => ({
    column,
    label: word(label),
    choices: Object.entries(words).map(([code, pair]) => ({ code, label: word(pair) })),
  });
}
