import { Link, Outlet } from 'react-router';
import { EmptyState } from '../ui/empty-state.tsx';
import { useTexts, useWord } from '../ui/language.ts';
import { FaultMessage } from './fault-message.tsx';
import { FAULT_TEXT } from './fault-text.ts';
import { useMe } from './record/me.ts';
import { texts } from './texts.ts';

/** The pages of a district's work. Who has no grant on any district is told so, and never shown lists that look empty. */
export function DistrictWork() {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  if (me.streams.some((stream) => stream.startsWith('d:'))) return <Outlet />;
  return (
    <EmptyState title={word(FAULT_TEXT.grantMissing.what)} hint={<FaultMessage refusal={{ kind: 'grantMissing', detail: {} }} />}>
      <Link to="/sync">{t('toCentre')}</Link>
    </EmptyState>
  );
}
