import { Alert, Button } from 'antd';
import type { EngineStatus } from '../sync/engine-api.ts';
import { engine } from '../sync/client.ts';
import { useTexts } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { FaultMessage } from './fault-message.tsx';
import { signOut } from './leave.ts';
import { StreamLoads } from './stream-loads.tsx';
import { texts } from './texts.ts';

interface Props {
  readonly status: EngineStatus;
  /** Goes on with what is here, such as unsent work of one's own. */
  readonly onEnter: () => void;
}

export function FirstLoad({ status, onEnter }: Props) {
  const t = useTexts(texts);
  return (
    <Entrance>
      <h1>{t(status.restored ? 'reload' : 'firstLoad')}</h1>
      <p className="secondary">{t(status.restored ? 'reloadHint' : 'firstLoadHint')}</p>
      {status.connection !== 'online' && (
        <Alert
          type="warning"
          showIcon
          title={t('firstLoadOffline')}
          description={status.lastFault && <FaultMessage refusal={status.lastFault} withTitle />}
          action={
            <Button size="small" onClick={() => void engine.syncNow()}>
              {t('syncNow')}
            </Button>
          }
        />
      )}
      <StreamLoads streams={status.streams} />
      <Button block onClick={onEnter}>
        {t('enterNow')}
      </Button>
      <Button type="link" block onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
    </Entrance>
  );
}
