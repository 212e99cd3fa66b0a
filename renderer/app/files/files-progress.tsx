import { Progress } from 'antd';
import type { FilesStatus } from '../../sync/engine-api.ts';
import { sizeOf } from '../../ui/amounts.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';
import './files.css';

/** How far the originals are on their way to the centre, and why they rest; nothing while none waits. */
export function FilesProgress({ files: { waiting, sentBytes, totalBytes, paused } }: { readonly files: FilesStatus }) {
  const t = useTexts(texts);
  if (waiting === 0) return null;
  return (
    <div className="files-progress">
      <Progress percent={Math.floor((sentBytes / totalBytes) * 100)} size="small" aria-label={t('uploading')} />
      <span>{t('sentOf', { sent: sizeOf(sentBytes), total: sizeOf(totalBytes) })}</span>
      {paused && <span className="secondary">{t('paused')}</span>}
    </div>
  );
}
