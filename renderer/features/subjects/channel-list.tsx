import { channels as table } from '#shared/tables/channels.ts';
import { StateDot } from '../../app/record/state-dot.tsx';
import { useValueText } from '../../app/record/value-text.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useTexts } from '../../ui/language.ts';
import type { Tone } from '../../ui/status-dot.tsx';
import { texts } from './texts.ts';

const TONE: Readonly<Record<RowFor<'channels'>['state'], Tone>> = { online: 'done', offline: 'rest', fault: 'bad' };

export function ChannelList({ channels }: { readonly channels: readonly RowFor<'channels'>[] }) {
  const t = useTexts(texts);
  const read = useValueText();
  if (channels.length === 0) return <p className="secondary">{t('noChannels')}</p>;
  return (
    <ul className="lines">
      {channels.map((one) => (
        <li key={one.id}>
          <span>{one.name}</span>
          <span className="secondary">{read(table.columns.zone, one.zone)}</span>
          <StateDot column={table.columns.state} tones={TONE} state={one.state} />
        </li>
      ))}
    </ul>
  );
}
