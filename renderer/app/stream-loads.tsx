import { Progress } from 'antd';
import type { StreamStatus } from '../sync/engine-api.ts';
import { amount } from '../ui/amounts.ts';
import { useTexts } from '../ui/language.ts';
import { useStreamName } from './stream-name.ts';
import { texts } from './texts.ts';

/** The share of a first load that is here, whole percent; `live` is all of it. */
const shareOf = ({ phase, rows, expected }: StreamStatus): number =>
  phase === 'live' ? 100 : expected ? Math.min(99, Math.floor((rows / expected) * 100)) : 0;

/** How far each stream has come. */
export function StreamLoads({ streams }: { readonly streams: readonly StreamStatus[] }) {
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
    <ul className="loads">
      {streams.map((one) => (
        <li key={one.stream}>
          <span>{nameOf(one.stream)}</span>
          <span className="secondary">{told(one)}</span>
          <Progress percent={shareOf(one)} aria-label={nameOf(one.stream)} size="small" />
        </li>
      ))}
    </ul>
  );
}
