/** How a window reads the officer's local copy; the engine's worker answers from memory. Writing is `mutate`, nothing else. */
import type { Row } from '#shared/schema/table.ts';
import type { TableName, Tables } from '#shared/tables/index.ts';
import type { Where } from '../sync/ports.ts';

export type RowFor<N extends TableName> = Row<Tables[N]>;

/** `waiting`: not yet at the centre (hollow dot). `refused`: look into the sync centre (red mark). */
export type Mark = 'waiting' | 'refused';

export interface Local {
  get<N extends TableName>(table: N, id: string): Promise<RowFor<N> | undefined>;
  many<N extends TableName>(table: N, ids: readonly string[]): Promise<readonly (RowFor<N> | undefined)[]>;
  /** Rows by an index of the definition: `where('tasks', { state: 'dispatched' })` uses ['state','dueAt'], ordered by the index. */
  where<N extends TableName>(table: N, equal: Where['equal'], options?: Omit<Where, 'equal'>): Promise<readonly RowFor<N>[]>;
  all<N extends TableName>(table: N): Promise<readonly RowFor<N>[]>;
  count(table: TableName): Promise<number>;
  /** Marks of those ids that have one. */
  marks(table: TableName, ids: readonly string[]): Promise<ReadonlyMap<string, Mark>>;
}
