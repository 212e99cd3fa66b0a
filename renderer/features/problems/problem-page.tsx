import { Link, useParams } from 'react-router';
import { useTexts } from '../../ui/language.ts';
import { ProblemRecord } from './problem-record.tsx';
import { texts } from './texts.ts';

/** One problem on a page of its own. */
export function ProblemPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <article className="page record">
      <Link to={`/problems/${id}`} className="secondary">
        ← {t('title')}
      </Link>
      <ProblemRecord key={id} id={id} />
    </article>
  );
}
