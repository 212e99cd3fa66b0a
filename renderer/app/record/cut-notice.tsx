import { Alert } from 'antd';
import { amount } from '../../ui/amounts.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';
import { MOST_PER_STATE } from './use-chosen-states.ts';

/** Says that a list does not show everything. */
export function CutNotice({ cut }: { readonly cut: boolean }) {
  const t = useTexts(texts);
  return cut ? <Alert banner type="info" title={t('cut', { most: amount(MOST_PER_STATE) })} /> : null;
}
