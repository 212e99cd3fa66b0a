import { Button } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { Columns } from '#shared/schema/column.ts';
import { useTexts, useWord } from '../../ui/language.ts';
import { DraftSign } from './draft-sign.tsx';
import { flawOf, type Flaw } from './editing.ts';
import { FieldInput } from './field-input.tsx';
import { texts } from './texts.ts';
import { useDraft } from './use-draft.ts';

export type Values = Readonly<Record<string, unknown>>;

interface Props {
  /** What is half filled in is kept under this name. */
  readonly draftKey: string;
  readonly columns: Columns;
  readonly fields: readonly string[];
  readonly initial: Values;
  readonly choices?: Readonly<Record<string, readonly { readonly value: string; readonly label: string }[]>>;
  readonly submitText: string;
  readonly submitDanger?: boolean;
  /** Answers whether it was saved; then the draft is forgotten. */
  readonly onSubmit: (values: Values) => Promise<boolean>;
  readonly onCancel: () => void;
  readonly children?: (values: Values, change: (part: Values) => void) => ReactNode;
}

/** A form over columns: labels and limits from the definition, kept while typing until it is saved or given up; Ctrl+Enter submits. */
export function FieldsForm(props: Props) {
  const { draftKey, columns, fields, initial, choices, submitText, submitDanger = false, onSubmit, onCancel, children } = props;
  const t = useTexts(texts);
  const word = useWord();
  const id = useId();
  // Only the fields that were touched: the others follow the record while the draft waits.
  const draft = useDraft<Values>(draftKey, {});
  const values: Values = { ...initial, ...draft.value };
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const flaws = new Map(
    fields.flatMap((field) => {
      const column = columns[field];
      const flaw = column && flawOf(column, values[field]);
      return flaw ? [[field, flaw] as const] : [];
    }),
  );
  const told = (flaw: Flaw): string =>
    flaw.kind === 'tooLong'
      ? t('tooLong', { most: flaw.most })
      : flaw.kind === 'outside'
        ? t('outside', { min: flaw.min, max: flaw.max })
        : t(flaw.kind);
  const change = (part: Values) => draft.change({ ...draft.value, ...part });

  const submit = async () => {
    setTried(true);
    if (flaws.size > 0 || busy) return;
    setBusy(true);
    try {
      if (await onSubmit(Object.fromEntries(fields.map((field) => [field, values[field] ?? null])))) await draft.drop();
    } finally {
      setBusy(false);
    }
  };

  const giveUp = () => {
    void draft.drop();
    onCancel();
  };

  return (
    <form
      className="fields-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) void submit();
      }}
    >
      <fieldset disabled={!draft.ready}>
        {fields.map((field) => {
          const column = columns[field];
          if (!column) return null;
          const flaw = tried ? flaws.get(field) : undefined;
          return (
            <div key={field} className="field">
              <label htmlFor={`${id}-${field}`}>
                {word(column.label)}
                {!column.nullable && column.shape !== 'flag' && column.range?.[0] !== 0 && (
                  <span className="required" aria-hidden="true">
                    *
                  </span>
                )}
              </label>
              <div>
                <FieldInput
                  id={`${id}-${field}`}
                  column={column}
                  value={values[field]}
                  choices={choices?.[field]}
                  invalid={flaw !== undefined}
                  onChange={(value) => change({ [field]: value })}
                />
                {flaw && (
                  <div className="flaw" role="alert">
                    {told(flaw)}
                  </div>
                )}
              </div>
            </div>
          );
        })}
        {children?.(values, change)}
      </fieldset>
      <div className="actions form-actions">
        <Button type="primary" htmlType="submit" danger={submitDanger} loading={busy}>
          {submitText}
        </Button>
        <Button onClick={giveUp}>{t('cancel')}</Button>
        <DraftSign draft={draft} />
      </div>
    </form>
  );
}
