import { FilesProgress } from '../../app/files/files-progress.tsx';
import type { FileItem, FilesStatus } from '../../sync/engine-api.ts';
import { useTexts } from '../../ui/language.ts';
import { FileTitle } from './file-title.tsx';
import { texts } from './texts.ts';

interface Props {
  readonly files: FilesStatus;
  readonly items: readonly FileItem[];
}

/** The originals that go up, together and one by one. */
export function FilesOnTheWay({ files, items }: Props) {
  const t = useTexts(texts);
  if (items.length === 0) return null;
  return (
    <>
      <p>{t('files', { count: items.length })}</p>
      <FilesProgress files={files} />
      <ul className="lines">
        {items.map((item) => (
          <li key={item.sha256}>
            <FileTitle item={item} />
            <span className="secondary">
              {item.sentBytes === 0 ? t('fileWaits') : `${Math.floor((item.sentBytes / item.sizeBytes) * 100)}%`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
