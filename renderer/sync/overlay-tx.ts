import type { Tx } from '#shared/schema/mutation.ts';
import type { AnyRow, Row, Table } from '#shared/schema/table.ts';

export const keyOf = (table: string, id: string): string => `${table}/${id}`;

/** A row as it stands, or null where there is none. */
export type Standing = AnyRow | null;

/** One changed row and where it belongs. */
export interface Write {
  readonly table: Table;
  readonly id: string;
  readonly row: Standing;
}

/** A transaction in memory: reads through to what lies below, keeps what was written and what was read. */
export class OverlayTx implements Tx {
  readonly writes = new Map<string, Write>();
  readonly touched = new Set<string>();
  readonly #below: (table: Table, id: string) => Promise<Standing>;

  constructor(below: (table: Table, id: string) => Promise<Standing>) {
    this.#below = below;
  }

  async get<T extends Table>(table: T, id: string): Promise<Row<T> | undefined> {
    const key = keyOf(table.name, id);
    this.touched.add(key);
    const written = this.writes.get(key);
    const row = written ? written.row : await this.#below(table, id);
    return (row ?? undefined) as Row<T> | undefined;
  }

  async put<T extends Table>(table: T, row: Row<T>): Promise<void> {
    this.#write({ table, id: row.id, row });
  }

  async remove(table: Table, id: string): Promise<void> {
    this.#write({ table, id, row: null });
  }

  #write(write: Write): void {
    const key = keyOf(write.table.name, write.id);
    this.touched.add(key);
    this.writes.set(key, write);
  }
}
