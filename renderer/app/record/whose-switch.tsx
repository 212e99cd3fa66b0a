import { Segmented } from 'antd';
import type { ChangeQuery, ListQuery } from '../../ui/list-query.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

export const asksEverybody = ({ chosen }: ListQuery): boolean => chosen['whose']?.includes('all') ?? false;

/** Mine, as it begins, or everybody's. */
export function WhoseSwitch({ query, change }: { readonly query: ListQuery; readonly change: ChangeQuery }) {
  const t = useTexts(texts);
  return (
    <Segmented
      aria-label={t('whose')}
      value={asksEverybody(query) ? 'all' : 'mine'}
      options={[
        { value: 'mine', label: t('mine') },
        { value: 'all', label: t('all') },
      ]}
      onChange={(whose) => change({ chosen: { ...query.chosen, whose: whose === 'all' ? ['all'] : [] } })}
    />
  );
}
