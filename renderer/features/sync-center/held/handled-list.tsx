import { heldWork } from '#shared/tables/held-work.ts';
import { useNamesOf } from '../../../app/record/people.ts';
import { useValueText } from '../../../app/record/value-text.ts';
import type { RowFor } from '../../../store/local-api.ts';
import { useLive } from '../../../store/live.ts';
import { useTexts, useWord } from '../../../ui/language.ts';
import { momentOf } from '../../../ui/moments.ts';
import { Section } from '../../../ui/section.tsx';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { ChangeLines, ChangeTitle } from '../change-view.tsx';
import { heldChange } from './held-change.ts';
import { texts } from './texts.ts';

const MOST = 100;

/** What became of held work, the latest first. */
export function HandledList() {
  const t = useTexts(texts);
  const handled = useLive(async (local) => {
    const newest = { descending: true, limit: MOST } as const;
    const [taken, discarded] = await Promise.all(
      (['taken', 'discarded'] as const).map((state) => local.where('heldWork', { state }, newest)),
    );
    return [...(taken ?? []), ...(discarded ?? [])].toSorted((a, b) => (b.handledAt ?? 0) - (a.handledAt ?? 0));
  }, []);
  if (handled === undefined) return null;
  return (
    <Section title={t('handled')}>
      {handled.length === 0 && <p className="secondary">{t('noneHandled')}</p>}
      <ul className="lines handled">
        {handled.slice(0, MOST).map((held) => (
          <Handled key={held.id} held={held} />
        ))}
      </ul>
      {handled.length >= MOST && <p className="secondary">{t('more', { most: MOST })}</p>}
    </Section>
  );
}

function Handled({ held }: { readonly held: RowFor<'heldWork'> }) {
  const t = useTexts(texts);
  const word = useWord();
  const read = useValueText();
  const names = useNamesOf();
  const now = useNow();
  const change = heldChange(held);
  return (
    <li>
      <div>
        <ChangeTitle item={change} />
        <ChangeLines item={change} />
        <div className="secondary">
          {t('who')} {names([held.officerId])} · {t('doneAt', { at: momentOf(held.doneAt, now) })}
        </div>
        {held.reason !== null && (
          <div>
            <span className="secondary">{word(heldWork.columns.reason.label)}</span> {held.reason}
          </div>
        )}
      </div>
      <StatusDot tone={held.state === 'taken' ? 'done' : 'rest'}>{read(heldWork.columns.state, held.state)}</StatusDot>
      <span className="secondary">
        {held.handledBy !== null &&
          held.handledAt !== null &&
          t('handledBy', { who: names([held.handledBy]), at: momentOf(held.handledAt, now) })}
      </span>
    </li>
  );
}
