import { Button } from 'antd';
import { FaultMessage } from '../../app/fault-message.tsx';
import { useSave } from '../../app/record/use-save.tsx';
import { engine } from '../../sync/client.ts';
import type { FileItem } from '../../sync/engine-api.ts';
import { useTexts } from '../../ui/language.ts';
import { momentOf } from '../../ui/moments.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';
import { FileTitle } from './file-title.tsx';
import { texts } from './texts.ts';

/** A file that cannot go up: refused by the centre, or no longer whole here. */
export function StuckFileCard({ item }: { readonly item: FileItem }) {
  const t = useTexts(texts);
  const now = useNow();
  const { save, saving } = useSave();
  return (
    <li className="issue">
      <header className="issue-head">
        <StatusDot tone="bad">{t(item.refused ? 'rejected' : 'fileLost')}</StatusDot>
        <span className="grow" />
        {item.refused && <span className="secondary">{t('decidedAt', { at: momentOf(item.refused.at, now) })}</span>}
      </header>
      <dl className="issue-parts">
        <dt>{t('file')}</dt>
        <dd>
          <FileTitle item={item} />
        </dd>
        <dt>{t('why')}</dt>
        <dd>{item.refused ? <FaultMessage refusal={item.refused} withTitle /> : t('fileLostHint')}</dd>
      </dl>
      <div className="actions">
        <Button loading={saving} onClick={() => void save(() => engine.sendAgain(item.sha256))}>
          {t('sendAgain')}
        </Button>
      </div>
    </li>
  );
}
