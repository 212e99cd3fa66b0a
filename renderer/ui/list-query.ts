import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { Sort } from './data-table.tsx';
import type { Chosen } from './filter-chips.tsx';

export interface ListQuery {
  readonly search: string;
  readonly chosen: Chosen;
  readonly sort: Sort | null;
}

const SEARCH = 'q';
const SORT = 'sort';

/** What the address says of a list: `?q=…&kind=a,b&sort=-name`. */
export function readListQuery(params: URLSearchParams, columns: readonly string[]): ListQuery {
  const sort = params.get(SORT);
  return {
    search: params.get(SEARCH) ?? '',
    chosen: Object.fromEntries(columns.map((column) => [column, params.get(column)?.split(',').filter(Boolean) ?? []])),
    sort: sort ? { column: sort.replace(/^-/, ''), descending: sort.startsWith('-') } : null,
  };
}

export function writeListQuery({ search, chosen, sort }: ListQuery): Record<string, string> {
  const filters = Object.entries(chosen).filter(([, codes]) => codes.length > 0);
  return {
    ...(search === '' ? {} : { [SEARCH]: search }),
    ...Object.fromEntries(filters.map(([column, codes]) => [column, codes.join(',')])),
    ...(sort ? { [SORT]: `${sort.descending ? '-' : ''}${sort.column}` } : {}),
  };
}

/** Search, filters and order of a list live in its address: going back and copying the address give the same list. */
export function useListQuery(columns: readonly string[]): readonly [ListQuery, (change: Partial<ListQuery>) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (part: Partial<ListQuery>) =>
      setParams((now) => writeListQuery({ ...readListQuery(now, columns), ...part }), { replace: true }),
    [setParams, columns],
  );
  return [readListQuery(params, columns), change];
}
