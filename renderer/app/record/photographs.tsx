import { CameraOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef } from 'react';
import { LIMITS } from '#shared/protocol/messages.ts';
import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { engine, mutate, newId } from '../../sync/client.ts';
import { useTexts } from '../../ui/language.ts';
import { useMe } from './me.ts';
import { Photograph } from './photograph.tsx';
import { texts } from './texts.ts';
import { useMarks } from './use-marks.ts';
import { useSave } from './use-save.tsx';

interface Props {
  readonly ownerTable: RowFor<'attachments'>['ownerTable'];
  readonly ownerId: string;
  /** May photographs be added here now? */
  readonly open: boolean;
}

/** The photographs of a record, shown from this computer's bytes at once. */
export function Photographs({ ownerTable, ownerId, open }: Props) {
  const t = useTexts(texts);
  const me = useMe();
  const { save, saving } = useSave();
  const { message } = App.useApp();
  const chooser = useRef<HTMLInputElement>(null);
  const found = useLive((local) => local.where('attachments', { ownerId }), [ownerId]);
  const rows = found?.toSorted((a, b) => a.takenAt - b.takenAt);
  const marks = useMarks('attachments', rows?.map((row) => row.id) ?? []);

  const add = async (files: readonly File[]) => {
    for (const file of files) {
      if (!file.type.startsWith('image/')) void message.error(t('notAnImage', { name: file.name }));
      else if (file.size > LIMITS.fileBytes) void message.error(t('tooLarge', { name: file.name }));
      else
        await save(async () => {
          const kept = await engine.addFile(new Uint8Array(await file.arrayBuffer()), file.type);
          await mutate.attachments.announce({
            id: newId(),
            ownerTable,
            ownerId,
            ...kept,
            mime: file.type,
            caption: file.name.slice(0, 200),
            takenAt: Date.now(),
            takenBy: me.officerId,
            state: 'announced',
          });
        });
    }
  };

  return (
    <div className="photographs">
      {rows?.map((row) => (
        <Photograph key={row.id} row={row} mark={marks.get(row.id)} removable={open && row.takenBy === me.officerId} />
      ))}
      {rows?.length === 0 && !open && <span className="secondary">{t('noPhotos')}</span>}
      {open && (
        <>
          <Button icon={<CameraOutlined />} loading={saving} onClick={() => chooser.current?.click()}>
            {t('addPhoto')}
          </Button>
          <input
            ref={chooser}
            type="file"
            accept="image/*"
            capture="environment"
            multiple
            hidden
            aria-label={t('addPhoto')}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              void add(files);
            }}
          />
        </>
      )}
    </div>
  );
}
