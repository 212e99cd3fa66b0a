import type { ProblemState } from '#shared/domain/problem-state.ts';
import { problems as table } from '#shared/tables/problems.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useTexts } from '../../ui/language.ts';
import { lifeLine } from './life-line.ts';
import { texts } from './texts.ts';
import './problems.css';

/** The way of a problem to its closed loop, with the place where it stands. */
export function ProblemLife({ state }: { readonly state: ProblemState }) {
  const t = useTexts(texts);
  const read = useValueText();
  return (
    <ol className="life" aria-label={t('life')}>
      {lifeLine(state).map((one) => (
        <li key={one.state} className={`life-${one.place}`} aria-current={one.place === 'here' ? 'step' : undefined}>
          {read(table.columns.state, one.state)}
        </li>
      ))}
    </ol>
  );
}
