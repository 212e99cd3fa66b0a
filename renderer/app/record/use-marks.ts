import type { Mark } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import type { TableName } from '#shared/tables/index.ts';

const NONE: ReadonlyMap<string, Mark> = new Map();

/** Which of these rows are not yet at the centre, or were refused there. */
export function useMarks(table: TableName, ids: readonly string[]): ReadonlyMap<string, Mark> {
  return useLive((local) => local.marks(table, ids), [table, ids.join(' ')]) ?? NONE;
}
