import { Fault } from '#shared/errors.ts';
import type { Tx } from '#shared/schema/mutation.ts';
import { CITY } from '#shared/schema/stream.ts';
import { type AnyRow, type Row, rowSchema, type Table } from '#shared/schema/table.ts';
import type { Reader, Work } from '../store/centre-store.ts';
import type { Change } from './commit-clock.ts';

/** A row as it stands within the batch; `row` null where there is none. */
interface Standing {
  readonly table: Table;
  readonly id: string;
  readonly row: AnyRow | null;
  readonly ver: number;
}

const keyOf = (table: Table, id: string): string => `${table.name}/${id}`;

/**
 * The rows of one writing transaction: read once, changed in memory, written at the end.
 * A mutation that refuses leaves no trace, because its own writes are taken over only when it has succeeded.
 */
export class Batch {
  readonly district: string;
  readonly #reader: Reader;
  readonly #standing = new Map<string, Standing>();
  readonly #dirty = new Set<string>();
  readonly #changes: Change[] = [];

  constructor(reader: Reader, district: string) {
    this.#reader = reader;
    this.district = district;
  }

  /** Reads rows that are likely to be asked for, in one query. */
  async prefetch(table: Table, ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#standing.has(keyOf(table, id)));
    if (missing.length === 0) return;
    const found = await this.#reader.rows(table, table.scope === 'city' ? CITY : this.district, missing);
    for (const id of missing) {
      const { row = null, ver = 0 } = found.get(id) ?? {};
      this.#standing.set(keyOf(table, id), { table, id, row, ver });
    }
  }

  async standing(table: Table, id: string): Promise<AnyRow | null> {
    await this.prefetch(table, [id]);
    return this.#standing.get(keyOf(table, id))?.row ?? null;
  }

  /** Takes over what one mutation wrote; answers the streams in which something changed. */
  take(writes: MutationTx['writes']): readonly string[] {
    const changes = [...writes.values()].flatMap(({ table, id, row }) => this.#change(table, id, row));
    this.#changes.push(...changes);
    return [...new Set(changes.map(({ stream }) => stream))];
  }

  #change(table: Table, id: string, row: AnyRow | null): Change[] {
    const key = keyOf(table, id);
    const before = this.#standing.get(key);
    const [from, to] = [before?.row ? table.streamOf(before.row) : null, row ? table.streamOf(row) : null];
    if (from === null && to === null) return [];
    this.#standing.set(key, { table, id, row, ver: (before?.ver ?? 0) + (row ? 1 : 0) });
    this.#dirty.add(key);
    const about = { districtId: this.district, kind: table.kind, id };
    const left = from !== null && from !== to ? [{ ...about, stream: from, deleted: true, movedTo: to }] : [];
    return to === null ? left : [...left, { ...about, stream: to, deleted: false, movedTo: null }];
  }

  changed(table: Table): boolean {
    return this.#changes.some(({ kind }) => kind === table.kind);
  }

  /** What is to be written. */
  work(): Pick<Work, 'puts' | 'removes' | 'changes'> {
    const dirty = [...this.#dirty].flatMap((key) => this.#standing.get(key) ?? []);
    return {
      puts: dirty.flatMap(({ table, row, ver }) => (row ? [{ table, row, ver }] : [])),
      removes: dirty.filter(({ row }) => row === null),
      changes: this.#changes,
    };
  }
}

/** What one mutation sees and writes: bound to the batch's district, besides reading the city's dictionaries. */
export class MutationTx implements Tx {
  readonly writes = new Map<string, { readonly table: Table; readonly id: string; readonly row: AnyRow | null }>();
  readonly #batch: Batch;

  constructor(batch: Batch) {
    this.#batch = batch;
  }

  async get<T extends Table>(table: T, id: string): Promise<Row<T> | undefined> {
    const written = this.writes.get(keyOf(table, id));
    const row = written ? written.row : await this.#batch.standing(table, id);
    return (row ?? undefined) as Row<T> | undefined;
  }

  async put<T extends Table>(table: T, row: Row<T>): Promise<void> {
    const checked = rowSchema(table).parse(row);
    if (checked.districtId !== this.#batch.district) throw new Error(`a row of another district was put into ${table.name}`);
    await this.#write(table, row.id, row);
  }

  async remove(table: Table, id: string): Promise<void> {
    await this.#write(table, id, null);
  }

  async #write(table: Table, id: string, row: AnyRow | null): Promise<void> {
    if (table.scope === 'city' && this.#batch.district !== CITY)
      throw new Fault('notPermitted', 'the city’s dictionaries are kept by the city', { what: table.name });
    await this.#batch.standing(table, id);
    this.writes.set(keyOf(table, id), { table, id, row });
  }
}
