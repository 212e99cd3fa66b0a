import { Link } from 'react-router';
import { inspections } from '#shared/tables/inspections.ts';
import { useNamesOf } from '../../app/record/people.ts';
import { VERDICT_TONE } from '../../app/record/tones.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useTexts } from '../../ui/language.ts';
import { momentOf } from '../../ui/moments.ts';
import type { Tone } from '../../ui/status-dot.tsx';
import { TimeLine } from '../../ui/time-line.tsx';
import { useNow } from '../../ui/use-now.ts';
import { type Happening, historyOf } from './history.ts';
import { texts } from './texts.ts';
import type { Dossier } from './use-dossier.ts';

const toneOf = (one: Happening): Tone =>
  one.kind === 'inspectionDone' && one.verdict !== null ? VERDICT_TONE[one.verdict] : one.kind === 'problem' ? 'soon' : 'rest';

export function SubjectTimeLine({ dossier }: { readonly dossier: Dossier }) {
  const t = useTexts(texts);
  const names = useNamesOf();
  const read = useValueText();
  const now = useNow();
  const told = (one: Happening): string => {
    switch (one.kind) {
      case 'task':
        return t('taskDispatched', { title: one.title });
      case 'inspectionBegun':
        return t('inspectionBegun');
      case 'inspectionDone':
        return t('inspectionDone', { verdict: read(inspections.columns.verdict, one.verdict) });
      case 'problem':
        return t('problemFound', { category: one.category });
      case 'photo':
        return t('photoTaken');
    }
  };
  const history = historyOf(dossier);
  if (history.length === 0) return <p className="secondary">{t('noHistory')}</p>;
  return (
    <TimeLine
      label={t('timeLine')}
      entries={history.map((one) => ({
        key: one.key,
        when: momentOf(one.at, now),
        title: one.to === null ? told(one) : <Link to={one.to}>{told(one)}</Link>,
        detail: names(one.who),
        tone: toneOf(one),
      }))}
    />
  );
}
