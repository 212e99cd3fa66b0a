import { mutationOfName } from '#shared/tables/index.ts';
import { useValueText } from '../../app/record/value-text.ts';
import { useLive } from '../../store/live.ts';
import type { IssueItem } from '../../sync/engine-api.ts';
import { isHopeless } from './end-state.ts';

/** The word of the state that leaves a refused step without hope; null where it may be tried again, undefined until it is known. */
export function useEndState(item: IssueItem): string | null | undefined {
  const read = useValueText();
  const { name, table, targetId, kind } = item;
  const state = useLive(
    async (local) => {
      const row = table === 'tasks' || table === 'problems' ? await local.get(table, targetId) : undefined;
      return row && isHopeless({ name, table, kind }, row.state) ? row.state : null;
    },
    [name, table, targetId, kind],
  );
  const column = mutationOfName.get(name)?.table.columns['state'];
  return state && column ? read(column, state) : state;
}
