import type { Local, RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';

export type Stateful = 'tasks' | 'inspections' | 'problems';

/** Most rows of one state that a list shows; the newest by their time. */
export const MOST_PER_STATE = 2000;

/** Rows in any of these states, and whether some were left out because there are more than a list shows. */
export interface StateRows<N extends Stateful> {
  readonly rows: readonly RowFor<N>[];
  readonly cut: boolean;
}

async function readStates<N extends Stateful>(local: Local, table: N, states: readonly string[]): Promise<StateRows<N>> {
  const found = await Promise.all(
    states.map((state) => local.where(table, { state }, { descending: true, limit: MOST_PER_STATE })),
  );
  return { rows: found.flat(), cut: found.some((rows) => rows.length === MOST_PER_STATE) };
}

export const useChosenStates = <N extends Stateful>(table: N, states: readonly string[]): StateRows<N> | undefined =>
  useLive((local) => readStates(local, table, states), [table, states.join(' ')]);
