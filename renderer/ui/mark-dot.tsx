import { Link } from 'react-router';
import { useTexts } from './language.ts';
import { texts } from './texts.ts';

interface Props {
  readonly mark: 'waiting' | 'refused' | undefined;
  /** Where a refusal is dealt with. */
  readonly to: string;
}

/** Hollow: not yet at the centre. Red: refused, with the way to what can be done. */
export function MarkDot({ mark, to }: Props) {
  const t = useTexts(texts);
  if (mark === undefined) return null;
  if (mark === 'waiting') return <span className="mark mark-waiting" role="img" title={t('waiting')} aria-label={t('waiting')} />;
  return (
    <Link
      className="mark-link"
      to={to}
      title={t('refused')}
      aria-label={t('refused')}
      onClick={(event) => event.stopPropagation()}
    >
      <span className="mark mark-refused" aria-hidden="true">
        !
      </span>
    </Link>
  );
}
