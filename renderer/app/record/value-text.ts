import type { Column } from '#shared/schema/column.ts';
import { amount } from '../../ui/amounts.ts';
import { type Pair, useTexts, useWord } from '../../ui/language.ts';
import { stamp } from '../../ui/moments.ts';
import { texts } from './texts.ts';
import { unitText } from './unit-text.ts';

/** How any value of a column reads: its word, its number with the unit, its moment. Ids and structures read as they are. */
export function valueText(
  column: Column,
  value: unknown,
  word: (pair: Pair) => string,
  yesNo: readonly [string, string],
): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? yesNo[0] : yesNo[1];
  if (column.shape === 'instant' && typeof value === 'number') return stamp(value);
  const known = typeof value === 'string' ? column.words?.[value] : undefined;
  if (known) return word(known);
  if (typeof value === 'number') return column.unit ? `${amount(value)} ${unitText(column.unit, word)}` : String(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function useValueText(): (column: Column, value: unknown) => string {
  const word = useWord();
  const t = useTexts(texts);
  return (column, value) => valueText(column, value, word, [t('yes'), t('no')]);
}
