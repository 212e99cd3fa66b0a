import type { ReactNode } from 'react';
import { DataTable, type Sort, type TableColumn } from './data-table.tsx';
import { EmptyState } from './empty-state.tsx';
import { type Filter, FilterChips } from './filter-chips.tsx';
import { ListPage } from './list-page.tsx';
import type { ChangeQuery, ListQuery } from './list-query.ts';

/** The rows of a list and where they stand in the whole of it. */
export interface ListRows<R> {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => R | undefined;
  /** Where a record stands; undefined while that is not known, or where it is not in the list. */
  readonly placeOf: (id: string) => number | undefined;
  readonly onVisible?: (first: number) => void;
  readonly sort?: Sort;
  /** The rows shown are the answer to an earlier question. */
  readonly stale?: boolean;
}

interface Props<R> {
  readonly title: string;
  readonly searchHint: string;
  readonly query: ListQuery;
  readonly change: ChangeQuery;
  readonly filters: readonly Filter[];
  readonly columns: readonly TableColumn<R>[];
  readonly rows: ListRows<R>;
  readonly chosen?: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onClose?: () => void;
  readonly actions?: ReactNode;
  readonly notice?: ReactNode;
  readonly panel?: ReactNode;
  readonly empty: { readonly title: string; readonly hint: string };
}

/** Every list of records: what is asked, the rows that answer it, and the opened one beside them. */
export function RecordList<R extends { readonly id: string }>(props: Props<R>) {
  const { title, searchHint, query, change, filters, columns, rows, chosen, onOpen, onClose, actions, notice, panel, empty } =
    props;
  // What is asked elsewhere on the page than among the chips stays when chips change.
  const elsewhere = Object.entries(query.chosen).filter(([column]) => !filters.some((filter) => filter.column === column));
  return (
    <ListPage
      title={title}
      count={rows.total}
      search={{ value: query.search, hint: searchHint, onChange: (search) => change({ search }) }}
      actions={actions}
      filters={
        <FilterChips
          filters={filters}
          chosen={query.chosen}
          onChange={(next) => change({ chosen: { ...Object.fromEntries(elsewhere), ...next } })}
        />
      }
      notice={notice}
      panel={panel}
    >
      <DataTable
        label={title}
        columns={columns}
        total={rows.total ?? 0}
        rowAt={rows.rowAt}
        keyOf={(row) => row.id}
        chosen={chosen}
        chosenAt={chosen === undefined ? undefined : rows.placeOf(chosen)}
        onOpen={(row) => onOpen(row.id)}
        {...(onClose ? { onClose } : {})}
        {...(rows.onVisible ? { onVisible: rows.onVisible } : {})}
        {...(rows.sort ? { sort: rows.sort, onSort: (sort: Sort) => change({ sort }) } : {})}
        stale={rows.stale ?? false}
        empty={rows.total !== undefined && <EmptyState title={empty.title} hint={empty.hint} />}
      />
    </ListPage>
  );
}

export const listed = <R extends { readonly id: string }>(rows: readonly R[], known: boolean): ListRows<R> => ({
  total: known ? rows.length : undefined,
  rowAt: (index) => rows[index],
  placeOf: (id) => {
    const place = rows.findIndex((row) => row.id === id);
    return place < 0 ? undefined : place;
  },
});
