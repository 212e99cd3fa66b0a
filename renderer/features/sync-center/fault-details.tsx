import { mutationOfName } from '#shared/tables/index.ts';
import { useValueText } from '../../app/record/value-text.ts';
import type { IssueItem } from '../../sync/engine-api.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** What the refusal adds for this very case: what is missing, what would be possible now. */
export function FaultDetails({ item }: { readonly item: IssueItem }) {
  const t = useTexts(texts);
  const read = useValueText();
  const missing = listOf(item.detail['missing']).map((one) => {
    if (one === 'notice') return t('notice');
    return one === 'officers' ? t('officersMissing') : t('item', { no: one });
  });
  const state = mutationOfName.get(item.name)?.table.columns['state'];
  const allowed = state ? listOf(item.detail['allowed']).map((code) => read(state, code)) : [];
  const from = item.detail['from'];
  return (
    <>
      {state && typeof from === 'string' && <div>{t('stateNow', { state: read(state, from) })}</div>}
      {missing.length > 0 && <div>{t('stillMissing', { list: missing.join('、') })}</div>}
      {allowed.length > 0 && <div>{t('allowedNext', { list: allowed.join('、') })}</div>}
    </>
  );
}
