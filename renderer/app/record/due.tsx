import { StatusDot, type Tone } from '../../ui/status-dot.tsx';
import { useTexts } from '../../ui/language.ts';
import { dayOf, daysUntil } from '../../ui/moments.ts';
import { texts } from './texts.ts';

/** Days before the deadline from which on it is "soon". */
export const SOON_DAYS = 3;

interface Props {
  /** Instant, ms. */
  readonly at: number | null;
  /** Is the work still to be done? A finished one is neither soon nor late. */
  readonly open: boolean;
  readonly overdue: boolean;
  readonly now: number;
}

/** A deadline: its day, and in words how near it is. */
export function Due({ at, open, overdue, now }: Props) {
  const t = useTexts(texts);
  if (at === null) return <span>—</span>;
  const days = daysUntil(at, now);
  if (!open || (!overdue && days > SOON_DAYS)) return <span>{dayOf(at)}</span>;
  const tone: Tone = overdue ? 'bad' : 'soon';
  const told = overdue
    ? days === 0
      ? t('overdueToday')
      : t('overdue', { days: -days })
    : days === 0
      ? t('dueToday')
      : t('dueIn', { days });
  return (
    <StatusDot tone={tone}>
      {dayOf(at)} {told}
    </StatusDot>
  );
}
