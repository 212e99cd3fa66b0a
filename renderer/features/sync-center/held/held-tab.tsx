import { useLive } from '../../../store/live.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useTexts } from '../../../ui/language.ts';
import { HandledList } from './handled-list.tsx';
import { HeldCard } from './held-card.tsx';
import { texts } from './texts.ts';

/** What others did and the centre could not apply, for a supervisor to decide; what was decided stays below. */
export function HeldTab() {
  const t = useTexts(texts);
  const held = useLive((local) => local.where('heldWork', { state: 'held' }), []);
  return (
    <>
      {held?.length === 0 && <EmptyState title={t('nothing')} hint={t('nothingHint')} />}
      {held !== undefined && held.length > 0 && <p className="secondary">{t('hint')}</p>}
      <ul className="issues">
        {held?.map((one) => (
          <HeldCard key={one.id} held={one} />
        ))}
      </ul>
      <HandledList />
    </>
  );
}
