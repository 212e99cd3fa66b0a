import { Link } from 'react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { useTexts } from '../ui/language.ts';
import { texts } from './texts.ts';

export function NoPage() {
  const t = useTexts(texts);
  return (
    <EmptyState title={t('noPage')} hint={t('noPageHint')}>
      <Link to="/today">{t('toToday')}</Link>
    </EmptyState>
  );
}
