import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Sort } from './data-table.tsx';
import type { Chosen } from './filter-chips.tsx';
import { recallSearch, rememberSearch } from './search-memory.ts';

/** What the address says of a list. */
interface Addressed {
  readonly chosen: Chosen;
  readonly sort: Sort | null;
}

export interface ListQuery extends Addressed {
  readonly search: string;
}

export type ChangeQuery = (change: Partial<ListQuery>) => void;

const SORT = 'sort';

/** `?kind=a,b&sort=-name` */
export function readListQuery(params: URLSearchParams, columns: readonly string[]): Addressed {
  const sort = params.get(SORT);
  return {
    chosen: Object.fromEntries(columns.map((column) => [column, params.get(column)?.split(',').filter(Boolean) ?? []])),
    sort: sort ? { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
  };
}

export function writeListQuery({ chosen, sort }: Addressed): Record<string, string> {
  const filters = Object.entries(chosen).filter(([, codes]) => codes.length > 0);
  return {
    ...Object.fromEntries(filters.map(([column, codes]) => [column, codes.join(',')])),
    ...(sort ? { [SORT]: `${sort.descending ? '-' : ''}${sort.column}` } : {}),
  };
}

/** Is the list as it stands when nobody asks for anything? */
export const asksNothing = ({ search, chosen }: ListQuery): boolean =>
  search === '' && Object.values(chosen).every((codes) => codes.length === 0);

/** Does a filter let this code through? One with nothing chosen lets through all. */
export const lets = (codes: readonly string[] | undefined, code: string | null): boolean =>
  !codes || codes.length === 0 || (code !== null && codes.includes(code));

/**
 * Filters and order of a list live in its address: going back and copying the address give the same list.
 * What is searched stays in the memory of this window, under the name of the list.
 */
export function useListQuery(list: string, columns: readonly string[]): readonly [ListQuery, ChangeQuery] {
  const [params, setParams] = useSearchParams();
  const address = params.toString();
  const [search, setSearch] = useState(() => recallSearch(list, address));
  useEffect(() => rememberSearch(list, address, search), [list, address, search]);
  const change = useCallback<ChangeQuery>(
    ({ search: typed, ...part }) => {
      if (typed !== undefined) setSearch(typed);
      if (Object.keys(part).length === 0) return;
      setParams((now) => writeListQuery({ ...readListQuery(now, columns), ...part }), { replace: true });
    },
    [setParams, columns],
  );
  return [{ ...readListQuery(params, columns), search }, change];
}
