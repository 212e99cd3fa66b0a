import { Due } from '../../app/record/due.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTexts } from '../../ui/language.ts';
import { useNow } from '../../ui/use-now.ts';
import { texts } from './texts.ts';
import { type Dossier, decisive } from './use-dossier.ts';

/** Risk level, open problems, next deadline: what decides. */
export function DecisiveFacts({ dossier }: { readonly dossier: Dossier }) {
  const t = useTexts(texts);
  const now = useNow();
  const { riskLevel, openProblems, nextDeadline } = decisive(dossier);
  return (
    <dl className="decisive">
      <div>
        <dt>{t('risk')}</dt>
        <dd>{riskLevel === 'D' ? <StatusDot tone="bad">{riskLevel}</StatusDot> : (riskLevel ?? t('notRated'))}</dd>
      </div>
      <div>
        <dt>{t('openProblems')}</dt>
        <dd>{openProblems === 0 ? t('none0') : t('count', { count: openProblems })}</dd>
      </div>
      <div>
        <dt>{t('nextDeadline')}</dt>
        <dd>
          <Due at={nextDeadline} open overdue={nextDeadline !== null && nextDeadline < now} now={now} />
        </dd>
      </div>
    </dl>
  );
}
