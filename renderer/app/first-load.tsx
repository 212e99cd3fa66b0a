import { Alert, Button, Progress } from 'antd';
import type { EngineStatus, StreamStatus } from '../sync/engine-api.ts';
import { engine } from '../sync/client.ts';
import { amount } from '../ui/amounts.ts';
import { useTexts } from '../ui/language.ts';
import { Entrance } from './entrance.tsx';
import { FaultMessage } from './fault-message.tsx';
import { useStreamName } from './stream-name.ts';
import { signOut } from './leave.ts';
import { texts } from './texts.ts';

/** The share of a first load that is here, whole percent; `live` is all of it. */
const shareOf = ({ phase, rows, expected }: StreamStatus): number =>
  phase === 'live' ? 100 : expected ? Math.min(99, Math.floor((rows / expected) * 100)) : 0;

interface Props {
  readonly status: EngineStatus;
  /** Goes on with what is here, such as unsent work of one's own. */
  readonly onEnter: () => void;
}

export function FirstLoad({ status, onEnter }: Props) {
  const t = useTexts(texts);
  const nameOf = useStreamName();
  const told = ({ phase, rows, expected }: StreamStatus): string => {
    if (phase === 'live') return t('done');
    if (phase === 'waiting') return t('waitingTurn');
    return expected === null
      ? t('rowsSoFar', { rows: amount(rows) })
      : t('rowsOf', { rows: amount(rows), expected: amount(expected) });
  };
  return (
    <Entrance>
      <h1>{t('firstLoad')}</h1>
      <p className="secondary">{t('firstLoadHint')}</p>
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
      <ul className="loads">
        {status.streams.map((one) => (
          <li key={one.stream}>
            <span>{nameOf(one.stream)}</span>
            <span className="secondary">{told(one)}</span>
            <Progress percent={shareOf(one)} aria-label={nameOf(one.stream)} size="small" />
          </li>
        ))}
      </ul>
      <Button block onClick={onEnter}>
        {t('enterNow')}
      </Button>
      <Button type="link" block onClick={() => void signOut()}>
        {t('signOut')}
      </Button>
    </Entrance>
  );
}
