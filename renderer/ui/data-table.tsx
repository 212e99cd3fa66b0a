import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useListKeys } from './list-keys.ts';
import { useActiveRow } from './use-active-row.ts';

export interface TableColumn<R> {
  readonly key: string;
  readonly title: string;
  /** Pixels; the last column takes what is left. */
  readonly width: number;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  render(row: R): ReactNode;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

interface Props<R> {
  readonly label: string;
  readonly columns: readonly TableColumn<R>[];
  readonly total: number;
  /** The row at a place, undefined while it is on its way. */
  readonly rowAt: (index: number) => R | undefined;
  readonly keyOf: (row: R) => string;
  readonly chosen?: string | undefined;
  /** Where the chosen row stands, once that is known. */
  readonly chosenAt?: number | undefined;
  readonly onOpen: (row: R) => void;
  readonly onClose?: () => void;
  readonly onVisible?: (first: number, last: number) => void;
  readonly sort?: Sort | null;
  readonly onSort?: (sort: Sort) => void;
  /** The rows shown are the answer to an earlier question. */
  readonly stale?: boolean;
  readonly empty: ReactNode;
}

export const ROW_PX = 36;
const SPARE_ROWS = 8;

/** Only the rows in sight exist in the page, so ten thousand scroll as ten. The first column stays while the rest moves. */
export function DataTable<R>(props: Props<R>) {
  const { label, columns, total, rowAt, keyOf, chosen, chosenAt, onOpen, onClose, onVisible, sort, onSort, stale, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [view, setView] = useState({ top: 0, height: 720 });
  const { active, goTo, led } = useActiveRow(chosen, chosenAt);

  const first = Math.max(0, Math.floor(view.top / ROW_PX) - SPARE_ROWS);
  const last = Math.min(total, Math.ceil((view.top + view.height) / ROW_PX) + SPARE_ROWS);
  useEffect(() => onVisible?.(first, last), [onVisible, first, last]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setView((now) => ({ ...now, height: element.clientHeight })));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);

  const current = Math.min(active, Math.max(0, total - 1));
  const show = useEffectEvent(() => reveal(box.current, current));
  useEffect(() => {
    if (led !== undefined) show();
  }, [led]);
  const open = (index: number, row: R) => {
    goTo(index, keyOf(row));
    onOpen(row);
  };
  useListKeys({
    move: (by) => {
      const next = Math.max(0, Math.min(total - 1, current + by));
      const row = rowAt(next);
      reveal(box.current, next);
      if (row && chosen !== undefined) open(next, row);
      else goTo(next);
    },
    open: () => {
      const row = rowAt(current);
      if (row) open(current, row);
    },
    close: () => {
      goTo(current);
      onClose?.();
    },
  });

  const template = columns
    .map((column, index) => (index === columns.length - 1 ? `minmax(${column.width}px, 1fr)` : `${column.width}px`))
    .join(' ');
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const shape = { gridTemplateColumns: template, minWidth: width };

  return (
    <div
      ref={box}
      className={stale ? 'table table-stale' : 'table'}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-activedescendant={total > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onScroll={(event) => setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })}
    >
      <div role="rowgroup" className="table-head">
        <div role="row" aria-rowindex={1} className="table-row" style={shape}>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} sort={sort ?? null} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="table-body" style={{ height: total * ROW_PX, minWidth: width }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset).map((index) => {
          const row = rowAt(index);
          return (
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={row !== undefined && keyOf(row) === chosen}
              className={index === current ? 'table-row table-row-active' : 'table-row'}
              style={{ ...shape, top: index * ROW_PX }}
              onClick={() => {
                if (row) open(index, row);
                else goTo(index);
              }}
            >
              {columns.map((column) => (
                <div key={column.key} role="gridcell" className={column.numeric ? 'cell cell-number' : 'cell'}>
                  {row === undefined ? '…' : column.render(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
      {total === 0 && empty && (
        <div role="row">
          <div role="gridcell">{empty}</div>
        </div>
      )}
    </div>
  );
}

interface HeadCellProps {
  readonly column: { readonly key: string; readonly title: string; readonly numeric?: boolean; readonly sortable?: boolean };
  readonly sort: Sort | null;
  readonly onSort: ((sort: Sort) => void) | undefined;
}

function HeadCell({ column, sort, onSort }: HeadCellProps) {
  const sorted = sort?.column === column.key ? sort : null;
  const order = sorted === null ? undefined : sorted.descending ? 'descending' : 'ascending';
  return (
    <div role="columnheader" aria-sort={order} className={column.numeric ? 'cell cell-number' : 'cell'}>
      {column.sortable && onSort ? (
        <button
          type="button"
          className="sort"
          onClick={() => onSort({ column: column.key, descending: sorted !== null && !sorted.descending })}
        >
          {column.title}
          <span aria-hidden="true">{sorted === null ? '' : sorted.descending ? ' ↓' : ' ↑'}</span>
        </button>
      ) : (
        column.title
      )}
    </div>
  );
}

/** Scrolls just so far that the row is in sight below the head. */
function reveal(element: HTMLDivElement | null, index: number): void {
  if (!element) return;
  const top = index * ROW_PX;
  const sight = element.clientHeight - ROW_PX;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (top + ROW_PX > element.scrollTop + sight) element.scrollTop = top + ROW_PX - sight;
}
