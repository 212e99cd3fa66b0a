import { DatePicker, Input, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import type { Column } from '#shared/schema/column.ts';
import { useWord } from '../../ui/language.ts';
import { dayOf } from '../../ui/moments.ts';
import { unitText } from './unit-text.ts';

const LONG_TEXT = 200;

interface Props {
  readonly id: string;
  readonly column: Column;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Rows that a reference may point at. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[] | undefined;
  readonly invalid: boolean;
}

/** The input that fits a column: a line, a paragraph, a number with its unit, a word of a list, yes or no, a last day. */
export function FieldInput({ id, column, value, onChange, choices, invalid }: Props) {
  const word = useWord();
  const status = invalid ? ('error' as const) : ('' as const);
  const given = value === null ? undefined : value;
  if (choices || column.words) {
    const options = choices ?? Object.entries(column.words ?? {}).map(([code, words]) => ({ value: code, label: word(words) }));
    return (
      <Select
        id={id}
        status={status}
        value={given as string | undefined}
        options={[...options]}
        allowClear={column.nullable}
        showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
        onChange={(next: string | undefined) => onChange(next ?? null)}
      />
    );
  }
  if (column.shape === 'flag') return <Switch id={id} checked={given === true} onChange={onChange} />;
  if (column.shape === 'integer' || column.shape === 'real') {
    return (
      <InputNumber
        id={id}
        status={status}
        value={typeof given === 'number' ? given : null}
        suffix={column.unit === undefined ? null : unitText(column.unit, word)}
        onChange={(next) => onChange(next)}
      />
    );
  }
  if (column.shape === 'instant') {
    return (
      <DatePicker
        id={id}
        status={status}
        value={typeof given === 'number' ? dayjs(dayOf(given)) : null}
        onChange={(next) => onChange(next ? Date.parse(`${next.format('YYYY-MM-DD')}T23:59:59.999+08:00`) : null)}
      />
    );
  }
  const typed = typeof given === 'string' ? given : '';
  if ((column.range?.[1] ?? 0) > LONG_TEXT) {
    return (
      <Input.TextArea
        id={id}
        status={status}
        className="growing"
        value={typed}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return <Input id={id} status={status} value={typed} onChange={(event) => onChange(event.target.value)} />;
}
