import { Alert } from 'antd';
import type { EngineStatus } from '../sync/engine-api.ts';
import { useTexts, useWord } from '../ui/language.ts';
import { FaultMessage } from './fault-message.tsx';
import { FAULT_TEXT } from './fault-text.ts';
import { texts } from './texts.ts';

/** Quiet while there is merely a newer program; loud once no new work may be begun with this one. */
export function ProgramAge({ program: { age, newest } }: { readonly program: EngineStatus['program'] }) {
  const t = useTexts(texts);
  const word = useWord();
  if (age === 'current') return null;
  if (age === 'old')
    return (
      <Alert banner closable type="info" title={newest === null ? t('newProgramSome') : t('newProgram', { version: newest })} />
    );
  return (
    <Alert
      banner
      type="error"
      title={word(FAULT_TEXT.programTooOld.what)}
      description={<FaultMessage refusal={{ kind: 'programTooOld', detail: {} }} />}
    />
  );
}
