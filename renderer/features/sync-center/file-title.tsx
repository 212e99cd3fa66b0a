import { Link } from 'react-router';
import { useLive } from '../../store/live.ts';
import type { FileItem } from '../../sync/engine-api.ts';
import { sizeOf } from '../../ui/amounts.ts';
import { useTexts } from '../../ui/language.ts';
import { placeOfRecord, titleOfRecord } from './record-title.ts';
import { texts } from './texts.ts';

/** A file by its name, its size and what it belongs to. */
export function FileTitle({ item: { caption, sizeBytes, ownerTable, ownerId } }: { readonly item: FileItem }) {
  const t = useTexts(texts);
  const owner = useLive((local) => titleOfRecord(local, ownerTable, ownerId), [ownerTable, ownerId]);
  const place = placeOfRecord(ownerTable, ownerId);
  return (
    <span>
      {caption || t('file')} <span className="secondary">{sizeOf(sizeBytes)}</span> ·{' '}
      {place === null ? owner : <Link to={place}>{owner}</Link>}
    </span>
  );
}
