import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown, Tag } from 'antd';
import { amount } from './amounts.ts';
import { useTexts } from './language.ts';
import { texts } from './texts.ts';

export interface FilterChoice {
  readonly code: string;
  readonly label: string;
  readonly count?: number | undefined;
}

export interface Filter {
  readonly column: string;
  readonly label: string;
  readonly choices: readonly FilterChoice[];
}

export type Chosen = Readonly<Record<string, readonly string[]>>;

interface Props {
  readonly filters: readonly Filter[];
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
}

const toggled = (codes: readonly string[], code: string): readonly string[] =>
  codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];

/** What can be filtered, and what is: never folded away. */
export function FilterChips({ filters, chosen, onChange }: Props) {
  const t = useTexts(texts);
  const flip = (column: string, code: string) => onChange({ ...chosen, [column]: toggled(chosen[column] ?? [], code) });
  const active = filters.flatMap((filter) =>
    (chosen[filter.column] ?? []).map((code) => {
      const choice = filter.choices.find((one) => one.code === code);
      return { column: filter.column, code, label: `${filter.label}: ${choice?.label ?? code}` };
    }),
  );
  return (
    <div className="filters">
      {filters.map((filter) => (
        <Dropdown
          key={filter.column}
          trigger={['click']}
          menu={{
            className: 'filter-menu',
            multiple: true,
            selectable: true,
            selectedKeys: [...(chosen[filter.column] ?? [])],
            items: filter.choices.map((choice) => ({
              key: choice.code,
              label: choice.label,
              extra: choice.count === undefined ? undefined : amount(choice.count),
            })),
            onClick: ({ key }) => flip(filter.column, key),
          }}
        >
          <Button size="small" aria-label={t('filter', { label: filter.label })}>
            {filter.label} <DownOutlined aria-hidden="true" />
          </Button>
        </Dropdown>
      ))}
      {active.map(({ column, code, label }) => (
        <Tag
          key={`${column}:${code}`}
          className="chip"
          closable={{ 'aria-label': t('remove', { label }) }}
          onClose={(event) => {
            event.preventDefault();
            flip(column, code);
          }}
        >
          {label}
        </Tag>
      ))}
      {active.length > 1 && (
        <Button size="small" type="link" onClick={() => onChange({})}>
          {t('clearAll')}
        </Button>
      )}
    </div>
  );
}
