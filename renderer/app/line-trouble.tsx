import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import type { EngineStatus } from '../sync/engine-api.ts';
import { useTexts, useWord } from '../ui/language.ts';
import { asksForPassword, stoppedBy } from './connection.ts';
import { FaultMessage } from './fault-message.tsx';
import { FAULT_TEXT } from './fault-text.ts';
import { useMe } from './record/me.ts';
import { SignInForm } from './sign-in-form.tsx';
import { texts } from './texts.ts';

/** Why the centre takes nothing from this officer now, and the way out without leaving the page; nothing on an ordinary day. */
export function LineTrouble({ status }: { readonly status: EngineStatus }) {
  const t = useTexts(texts);
  const word = useWord();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const stopped = stoppedBy(status);
  const kind = stopped ?? (status.disk?.pressure === 'critical' ? 'diskFull' : null);
  if (kind === null && !asking) return null;
  const ended = kind === 'sessionEnded' || kind === 'notSignedIn';
  return (
    <>
      {kind !== null && (
        <Alert
          banner
          type={ended ? 'warning' : 'error'}
          title={ended ? t('sessionOver') : word(FAULT_TEXT[kind].what)}
          description={ended ? undefined : <FaultMessage refusal={{ kind, detail: {} }} />}
          action={
            asksForPassword(kind) && (
              <Button size="small" onClick={() => setAsking(true)}>
                {t('enterPassword')}
              </Button>
            )
          }
        />
      )}
      {asking && (
        <Modal open width={440} title={t('enterPassword')} footer={null} onCancel={() => setAsking(false)}>
          <SignInForm account={me.account} hint={<p>{me.name}</p>} onEntered={() => setAsking(false)} />
        </Modal>
      )}
    </>
  );
}
