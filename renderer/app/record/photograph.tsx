import { DeleteOutlined } from '@ant-design/icons';
import { Button, Image, Popconfirm } from 'antd';
import { type ReactElement, useState } from 'react';
import type { RowFor } from '../../store/local-api.ts';
import { mutate } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { MarkDot } from '../../ui/mark-dot.tsx';
import { momentOf } from '../../ui/moments.ts';
import { useNow } from '../../ui/use-now.ts';
import { useNamesOf } from './people.ts';
import { texts } from './texts.ts';
import { useFileUrl } from './use-file-url.ts';
import { useSave } from './use-save.tsx';

interface Props {
  readonly row: RowFor<'attachments'>;
  readonly mark: 'waiting' | 'refused' | undefined;
  readonly removable: boolean;
}

const withNote = (note: string) => (picture: ReactElement) => (
  <figure className="photograph-large">
    {picture}
    <figcaption>{note}</figcaption>
  </figure>
);

/** Small at first; the original is brought when it is looked at. */
export function Photograph({ row, mark, removable }: Props) {
  const t = useTexts(texts);
  const names = useNamesOf();
  const { save } = useSave();
  const [seen, setSeen] = useState(false);
  const small = useFileUrl(row.thumbSha256, 'image/jpeg');
  const noSmall = row.thumbSha256 === null || (small === null && row.state === 'stored');
  const original = useFileUrl(seen || noSmall ? row.sha256 : null, row.mime);
  const shown = small ?? original;
  const at = momentOf(row.takenAt, useNow());
  return (
    <figure className="photograph" title={t('takenBy', { who: names([row.takenBy]), at })}>
      {shown ? (
        <Image
          src={shown}
          alt={row.caption || t('photoOf', { at })}
          width={96}
          height={72}
          preview={{
            src: original ?? shown,
            onOpenChange: (open) => setSeen(seen || open),
            ...(original === null ? { imageRender: withNote(t('onlySmall')) } : {}),
          }}
        />
      ) : (
        <div className="photograph-missing secondary">{shown === null ? t('photoElsewhere') : '…'}</div>
      )}
      <figcaption className="secondary">
        <MarkDot mark={mark} to="/sync" /> {at}
        {removable && (
          <Popconfirm title={t('withdrawAsk')} onConfirm={() => void save(() => mutate.attachments.withdraw({ id: row.id }))}>
            <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t('withdraw')} title={t('withdraw')} />
          </Popconfirm>
        )}
      </figcaption>
      {shown && row.state === 'announced' && <span className="photograph-state">{t('originalWaits')}</span>}
    </figure>
  );
}
