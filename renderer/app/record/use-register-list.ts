import { useDeferredValue, useState } from 'react';
import type { Mark, RowFor } from '../../store/local-api.ts';
import { useRegister } from '../../store/live.ts';
import type { RegisterQuery } from '../../sync/engine-api.ts';
import { type ChangeQuery, type ListQuery, useListQuery } from '../../ui/list-query.ts';
import type { ListRows } from '../../ui/record-list.tsx';
import { useRowWindow } from '../../ui/use-row-window.ts';
import type { Filter } from '../../ui/filter-chips.tsx';
import { useMarks } from './use-marks.ts';

interface RegisterList<N extends RegisterQuery['table']> {
  readonly query: ListQuery;
  readonly change: ChangeQuery;
  readonly rows: ListRows<RowFor<N>>;
  readonly marks: ReadonlyMap<string, Mark>;
  /** The filter with how many rows each choice would leave; without the choices that would leave none. */
  readonly counted: (filter: Filter) => Filter;
}

/** A list over the register: thousands of rows, answered from memory, of which only those near the sight are asked for. */
export function useRegisterList<N extends RegisterQuery['table']>(
  table: N,
  filters: readonly string[],
  usual: string,
  opened: string | undefined,
): RegisterList<N> {
  const [query, change] = useListQuery(table, filters);
  const { offset, limit, onVisible } = useRowWindow();
  const sort = query.sort ?? { column: usual, descending: false };
  const search = useDeferredValue(query.search);
  const [sought, setSought] = useState(opened);
  const { answer, loading } = useRegister({
    table,
    search,
    filter: query.chosen,
    sort,
    offset,
    limit,
    ...(sought === undefined ? {} : { find: sought }),
  });
  // The register holds rows of this very table.
  const here = (answer?.rows ?? []) as readonly RowFor<N>[];
  const placeHere = (id: string): number => here.findIndex((row) => row.id === id);
  // Only a record that is not among the rows at hand has its place asked for: going on from row to row asks nothing.
  if (opened !== undefined && answer && opened !== sought && placeHere(opened) < 0) setSought(opened);
  const marks = useMarks(
    table,
    here.map((row) => row.id),
  );
  return {
    query,
    change,
    marks,
    counted: (filter) => ({
      ...filter,
      choices: filter.choices
        .map((choice) => ({ ...choice, count: answer?.counts[filter.column]?.[choice.code] ?? 0 }))
        .filter(({ code, count }) => count > 0 || query.chosen[filter.column]?.includes(code)),
    }),
    rows: {
      total: answer?.total,
      rowAt: (index) => here[index - (answer?.offset ?? 0)],
      placeOf: (id) => {
        const place = placeHere(id);
        if (place >= 0) return place + (answer?.offset ?? 0);
        return id === sought && !loading ? (answer?.foundAt ?? undefined) : undefined;
      },
      onVisible,
      sort,
      stale: loading,
    },
  };
}
