import type { Column } from '#shared/schema/column.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useLive } from '../../store/live.ts';
import { useTexts } from '../../ui/language.ts';
import type { ChangeLine } from './change-lines.ts';
import { titleOfRecord } from './record-title.ts';
import { texts } from './texts.ts';

interface Given {
  readonly result: 'yes' | 'no' | 'na';
  readonly remark: string;
}

const isAnswer = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && 'result' in value && 'remark' in value;
const isIds = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Reads the values of a change as a person would say them, with the names behind references. */
export function useLineText(lines: readonly ChangeLine[]): (column: Column, value: unknown) => string {
  const t = useTexts(texts);
  const read = useValueText();
  const wanted = lines.flatMap(({ column, value, before }) =>
    [value, before].flatMap((one) => {
      if (typeof one === 'string' && column.ref !== undefined) return [[column.ref, one] as const];
      return column.shape === 'json' && isIds(one) ? one.map((id) => ['officers', id] as const) : [];
    }),
  );
  const titles = useLive(
    async (local) =>
      new Map(await Promise.all(wanted.map(async ([table, id]) => [id, await titleOfRecord(local, table, id)] as const))),
    [JSON.stringify(wanted)],
  );
  return (column, value) => {
    if (typeof value === 'string' && column.ref !== undefined) return titles?.get(value) ?? '…';
    if (column.shape !== 'json') return read(column, value);
    if (isIds(value)) return value.map((id) => titles?.get(id) ?? '…').join('、');
    if (isAnswer(value)) return value.remark === '' ? t(value.result) : `${t(value.result)}，${value.remark}`;
    return value === null ? '—' : t('area');
  };
}
