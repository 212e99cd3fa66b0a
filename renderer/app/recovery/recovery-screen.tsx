import { Button } from 'antd';
import type { EngineStatus } from '../../sync/engine-api.ts';
import { useTexts } from '../../ui/language.ts';
import { Entrance } from '../entrance.tsx';
import { StreamLoads } from '../stream-loads.tsx';
import { Findings } from './findings.tsx';
import { texts } from './texts.ts';
import type { Recovery } from './words.ts';

interface Props {
  readonly recovery: Recovery;
  readonly status: EngineStatus;
  /** Always possible: what was brought back is counted, the rest comes by itself. */
  readonly onGoOn: () => void;
}

/** Stands where empty lists would be mistaken for the work of the day. */
export function RecoveryScreen({ recovery, status, onGoOn }: Props) {
  const t = useTexts(texts);
  const complete = status.streams.every(({ phase }) => phase === 'live');
  const rest = complete ? 'restHere' : status.connection === 'online' ? 'restComing' : 'restLater';
  return (
    <Entrance wide>
      <h1>{t('title')}</h1>
      <p className="secondary">{t('hint')}</p>
      <Findings recovery={recovery} />
      <dl className="findings">
        <div>
          <dt>{t('rest')}</dt>
          <dd aria-live="polite">{t(rest)}</dd>
        </div>
      </dl>
      {!complete && <StreamLoads streams={status.streams} />}
      <Button type="primary" block autoFocus onClick={onGoOn}>
        {t('goOn')}
      </Button>
      <p className="secondary">{t('goOnHint')}</p>
    </Entrance>
  );
}
