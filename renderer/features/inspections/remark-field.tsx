import { Input } from 'antd';
import { DraftSign } from '../../app/record/draft-sign.tsx';
import { useDraft } from '../../app/record/use-draft.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

interface Props {
  readonly draftKey: string;
  readonly label: string;
  readonly saved: string;
  /** Answers whether it was saved; then the draft is forgotten. */
  readonly onSave: (remark: string) => Promise<boolean>;
}

/** What was seen at one item: a draft while typing, part of the answer once the field is left. */
export function RemarkField({ draftKey, label, saved, onSave }: Props) {
  const t = useTexts(texts);
  const draft = useDraft(draftKey, saved);
  const commit = async () => {
    const { value } = draft;
    if (value !== saved && (await onSave(value))) await draft.drop(value);
  };
  return (
    <>
      <Input
        size="small"
        aria-label={label}
        placeholder={t('remarkHint')}
        maxLength={1000}
        disabled={!draft.ready}
        value={draft.value}
        onChange={(event) => draft.change(event.target.value)}
        onBlur={() => void commit()}
        onPressEnter={() => void commit()}
      />
      <DraftSign draft={draft} />
    </>
  );
}
