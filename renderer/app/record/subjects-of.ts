import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

export type SubjectRow = RowFor<'subjects'>;

/** Names of the subjects behind these ids. */
export function useSubjectNames(ids: readonly string[]): (id: string) => string {
  const t = useTexts(texts);
  const wanted = [...new Set(ids)].toSorted();
  const rows = useLive((local) => local.many('subjects', wanted), [wanted.join(' ')]);
  const names = new Map(rows?.flatMap((row) => (row ? [[row.id, row.name] as const] : [])));
  return (id) => names.get(id) ?? (rows === undefined ? '…' : t('unknownSubject'));
}
