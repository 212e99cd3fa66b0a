import { Input } from 'antd';
import { useDraft } from '../../app/record/use-draft.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

interface Props {
  readonly draftKey: string;
  readonly label: string;
  readonly saved: string;
  readonly onSave: (remark: string) => void;
}

/** What was seen at one item: a draft while typing, part of the answer once the field is left. */
export function RemarkField({ draftKey, label, saved, onSave }: Props) {
  const t = useTexts(texts);
  const draft = useDraft(draftKey, saved);
  const commit = () => {
    if (draft.value === saved) return;
    onSave(draft.value);
    void draft.drop(draft.value);
  };
  return (
    <Input
      size="small"
      aria-label={label}
      placeholder={t('remarkHint')}
      maxLength={1000}
      disabled={!draft.ready}
      value={draft.value}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={commit}
      onPressEnter={commit}
    />
  );
}
