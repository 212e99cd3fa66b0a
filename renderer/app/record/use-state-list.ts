import { useMemo } from 'react';
import { type ChangeQuery, type ListQuery, useListQuery } from '../../ui/list-query.ts';
import { useSubjectNames } from './subjects-of.ts';
import { type Stateful, type StateRows, useChosenStates } from './use-chosen-states.ts';

interface StateList<N extends Stateful> {
  readonly query: ListQuery;
  readonly change: ChangeQuery;
  readonly found: StateRows<N> | undefined;
  readonly nameOf: (subjectId: string) => string;
}

/** A list over the states of its records: those chosen, else the usual ones. */
export function useStateList<N extends Stateful>(table: N, filters: readonly string[], usual: readonly string[]): StateList<N> {
  const [query, change] = useListQuery(table, filters);
  const states = query.chosen['state'] ?? [];
  const found = useChosenStates(table, states.length > 0 ? states : usual);
  const nameOf = useSubjectNames(useMemo(() => found?.rows.map((row) => row.subjectId) ?? [], [found]));
  return { query, change, found, nameOf };
}
