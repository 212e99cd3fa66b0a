/**
 * The copy in memory: what every read is answered from. Rows are never changed in place, only replaced.
 *
 * Invariant: `gone` names rows with history of which the newest word is that they are gone, with the stream that said so. What is
 * packed below must not bring them back.
 */
import type { AnyRow, Table } from '#shared/schema/table.ts';
import { tableOfName } from '#shared/tables/index.ts';
import type { Shadow, Where } from '../sync/ports.ts';
import { SortedIndex } from './sorted-index.ts';

const keyOf = (table: string, id: string): string => `${table}/${id}`;

/** More changes at once than this, and an index is cheaper made anew by the next who asks. */
const MANY = 500;

/** The index whose first columns are those asked for, with one more where a range is. */
export function indexFor({ name, indexes }: Table, { equal, range }: Where): readonly string[] {
  const names = Object.keys(equal);
  const found = indexes.find(
    (index) => names.every((one) => index.slice(0, names.length).includes(one)) && (!range || index.length > names.length),
  );
  if (!found) throw new TypeError(`no index of ${name} for ${names.join('+')}`);
  return found;
}

export interface Gone {
  readonly table: string;
  readonly id: string;
  readonly stream: string;
}

class Rows {
  readonly byId = new Map<string, AnyRow>();
  readonly #table: Table;
  readonly #indexes = new Map<readonly string[], SortedIndex>();

  constructor(table: Table) {
    this.#table = table;
  }

  take(puts: readonly AnyRow[], removes: readonly string[]): void {
    if (puts.length + removes.length > MANY) this.#indexes.clear();
    for (const row of puts) {
      this.#unlist(row.id);
      this.byId.set(row.id, row);
      for (const index of this.#indexes.values()) index.add(row);
    }
    for (const id of removes) {
      this.#unlist(id);
      this.byId.delete(id);
    }
  }

  where(asked: Where): AnyRow[] {
    const columns = indexFor(this.#table, asked);
    const index = this.#indexes.get(columns) ?? new SortedIndex(columns, this.byId.values());
    this.#indexes.set(columns, index);
    return index.where(asked);
  }

  #unlist(id: string): void {
    const before = this.byId.get(id);
    if (before) for (const index of this.#indexes.values()) index.remove(before);
  }
}

export class Memory {
  readonly #tables = new Map([...tableOfName].map(([name, table]) => [name, new Rows(table)]));
  readonly #shadows = new Map<string, Shadow>();
  readonly #gone = new Map<string, Gone>();

  get(table: string, id: string): AnyRow | undefined {
    return this.#tables.get(table)?.byId.get(id);
  }

  all(table: string): AnyRow[] {
    return [...(this.#tables.get(table)?.byId.values() ?? [])];
  }

  where(table: string, asked: Where): AnyRow[] {
    return this.#tables.get(table)?.where(asked) ?? [];
  }

  count(table: string): number {
    return this.#tables.get(table)?.byId.size ?? 0;
  }

  /** Rows, shadows and words that something is gone. */
  size(): number {
    return [...this.#tables.keys()].reduce((sum, table) => sum + this.count(table), this.#shadows.size + this.#gone.size);
  }

  /** Has anything been said of this row? */
  knows(table: string, id: string): boolean {
    return this.get(table, id) !== undefined || this.#gone.has(keyOf(table, id));
  }

  gone(): readonly Gone[] {
    return [...this.#gone.values()];
  }

  put(table: string, rows: readonly AnyRow[]): void {
    this.#tables.get(table)?.take(rows, []);
    if (this.#gone.size > 0) for (const { id } of rows) this.#gone.delete(keyOf(table, id));
  }

  /** `stream` says that they are gone; undefined: the stream each of them belonged to. */
  remove(table: string, ids: readonly string[], stream?: string): void {
    const definition = tableOfName.get(table);
    if (definition?.cold)
      for (const id of ids) {
        const row = this.get(table, id);
        const said = stream ?? (row ? definition.streamOf(row) : '');
        this.#gone.set(keyOf(table, id), { table, id, stream: said });
      }
    this.#tables.get(table)?.take([], ids);
  }

  /** Leaves no word of it. */
  forget(table: string, ids: readonly string[]): void {
    this.#tables.get(table)?.take([], ids);
  }

  shadow(table: string, id: string): Shadow | undefined {
    return this.#shadows.get(keyOf(table, id));
  }

  shadows(): readonly Shadow[] {
    return [...this.#shadows.values()];
  }

  putShadow(shadow: Shadow): void {
    this.#shadows.set(keyOf(shadow.table, shadow.id), shadow);
  }

  dropShadow(table: string, id: string): void {
    this.#shadows.delete(keyOf(table, id));
  }

  /**
   * Forgets what belongs to a stream without leaving word that it is gone; answers which rows. Words of no stream are of rows that
   * nobody else ever had: they go with any stream.
   */
  dropStream(stream: string): Map<string, string[]> {
    const removed = new Map<string, string[]>();
    for (const [name, rows] of this.#tables) {
      const table = tableOfName.get(name);
      const ids = [...rows.byId.values()].filter((row) => table?.streamOf(row) === stream).map(({ id }) => id);
      if (ids.length === 0) continue;
      rows.take([], ids);
      removed.set(name, ids);
    }
    for (const { table, id, row } of this.shadows())
      if (row && tableOfName.get(table)?.streamOf(row) === stream) this.dropShadow(table, id);
    for (const [key, gone] of this.#gone) if (gone.stream === stream || gone.stream === '') this.#gone.delete(key);
    return removed;
  }
}
