import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { useTexts } from '../../ui/language.ts';
import { texts } from './texts.ts';

export type OfficerRow = RowFor<'officers'>;

/** Every officer of the copy by id. */
export function useOfficers(): ReadonlyMap<string, OfficerRow> | undefined {
  return useLive(async (local) => new Map((await local.all('officers')).map((row) => [row.id, row])), []);
}

/** The names behind ids, joined as a sheet of paper would have them. */
export function useNamesOf(): (ids: readonly string[]) => string {
  const officers = useOfficers();
  const t = useTexts(texts);
  return (ids) => (officers === undefined ? '…' : ids.map((id) => officers.get(id)?.name ?? t('unknownPerson')).join('、'));
}

/** Every body (市局, 区县局, 监管所) by id. */
export function useBodies(): ReadonlyMap<string, RowFor<'orgUnits'>> | undefined {
  return useLive(async (local) => new Map((await local.all('orgUnits')).map((row) => [row.id, row])), []);
}
