import type { AnyRow } from '#shared/schema/table.ts';
import type { Range, Where } from '../sync/ports.ts';

/** Nothing first, then numbers and texts as they are. */
function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : -1;
  if (b === null || b === undefined) return 1;
  return (a as string | number) < (b as string | number) ? -1 : 1;
}

/** Rows of one table in the order of some columns, then of their ids. */
export class SortedIndex {
  readonly #columns: readonly string[];
  readonly #rows: AnyRow[];

  constructor(columns: readonly string[], rows: Iterable<AnyRow>) {
    this.#columns = columns;
    this.#rows = [...rows].toSorted((a, b) => this.#order(a, b));
  }

  add(row: AnyRow): void {
    this.#rows.splice(
      this.#first((one) => this.#order(one, row) >= 0),
      0,
      row,
    );
  }

  remove(row: AnyRow): void {
    const place = this.#first((one) => this.#order(one, row) >= 0);
    if (this.#rows[place]?.id === row.id) this.#rows.splice(place, 1);
  }

  where({ equal, range, descending = false, limit = Number.POSITIVE_INFINITY }: Where): AnyRow[] {
    const names = this.#columns.slice(0, Object.keys(equal).length);
    const next = this.#columns[names.length];
    const side = (row: AnyRow): number => {
      for (const name of names) {
        const order = compare(row[name], equal[name]);
        if (order !== 0) return order;
      }
      return range && next !== undefined ? sideOf(row[next], range) : 0;
    };
    const [from, to] = [this.#first((row) => side(row) >= 0), this.#first((row) => side(row) > 0)];
    return descending
      ? this.#rows.slice(Math.max(from, to - limit), to).reverse()
      : this.#rows.slice(from, Math.min(to, from + limit));
  }

  #order(a: AnyRow, b: AnyRow): number {
    for (const column of this.#columns) {
      const order = compare(a[column], b[column]);
      if (order !== 0) return order;
    }
    return compare(a.id, b.id);
  }

  /** Place of the first row for which it holds; it holds for all that follow. */
  #first(holds: (row: AnyRow) => boolean): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.#rows[middle] as AnyRow)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Below, in or above the range. */
function sideOf(value: unknown, { from, to }: Range): number {
  if (value === null || value === undefined || (from !== undefined && compare(value, from) < 0)) return -1;
  return to !== undefined && compare(value, to) > 0 ? 1 : 0;
}
