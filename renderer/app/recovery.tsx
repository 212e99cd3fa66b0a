import { Alert } from 'antd';
import type { EngineStatus } from '../sync/engine-api.ts';
import { useTexts } from '../ui/language.ts';
import { texts } from './texts.ts';

/** What was lost and found when the program started; nothing on an ordinary day. */
export function Recovery({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  if (status.recovery === null) return null;
  const { emptied, recovered, unreadable, damaged } = status.recovery;
  const told = [
    emptied ? t('emptied') : '',
    recovered > 0 ? t('recovered', { count: recovered }) : '',
    unreadable > 0 ? t('unreadable', { count: unreadable }) : '',
    damaged > 0 ? t('damaged', { count: damaged }) : '',
  ];
  return <Alert banner closable type="warning" title={told.join('')} />;
}
