import type { Tx } from '#shared/schema/mutation.ts';
import type { AnyRow, Row, Table } from '#shared/schema/table.ts';

/** A transaction over plain maps: what a mutation sees when nothing but its rule is under test. */
export class MemoryTx implements Tx {
  readonly rows = new Map<string, AnyRow>();

  async get<T extends Table>(t: T, id: string): Promise<Row<T> | undefined> {
    return this.rows.get(`${t.name}/${id}`) as Row<T> | undefined;
  }

  async put<T extends Table>(t: T, row: Row<T>): Promise<void> {
    this.rows.set(`${t.name}/${row.id}`, row);
  }

  async remove(t: Table, id: string): Promise<void> {
    this.rows.delete(`${t.name}/${id}`);
  }
}
