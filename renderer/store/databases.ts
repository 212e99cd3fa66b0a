import { Dexie, type EntityTable } from 'dexie';
import { crc32 } from '#shared/protocol/crc32.ts';
import { tableList } from '#shared/tables/index.ts';
import type { StoredRow } from './stored-row.ts';

/** A shadow as it lies here: `row` null where the centre has none. */
export interface StoredShadow {
  readonly table: string;
  readonly id: string;
  readonly row: StoredRow | null;
}

/** Stores of the copy, derived from the table definitions: id, stream, and the indexes of each. */
export function cacheStores(): Record<string, string> {
  const rows = tableList.map((table): [string, string] => [
    table.name,
    ['id', '$stream', ...table.indexes.map((index) => (index.length === 1 ? String(index[0]) : `[${index.join('+')}]`))].join(
      ',',
    ),
  ]);
  return { ...Object.fromEntries(rows), _shadow: '[table+id]', _cursor: 'stream' };
}

/** Eight hex digits that change when the stores do: another shape is another database, filled anew. */
export const schemaHash = (): string =>
  crc32(new TextEncoder().encode(JSON.stringify(cacheStores())))
    .toString(16)
    .padStart(8, '0');

/** Copy of one officer under one data key. */
export const cacheName = (scope: string): string => `cache:${scope}:${schemaHash()}`;

/** The disposable copy. Committed by the browser when it likes: the centre has it all. */
export function cacheDatabase(name: string): Dexie {
  const db = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
  db.version(1).stores(cacheStores());
  return db;
}

/** One line of the outbox: plain what finds and orders it, sealed what was done. */
export interface SealedLine {
  readonly mid: string;
  readonly n: number;
  readonly sealed: Uint8Array;
  readonly state?: string;
  readonly doneAt?: number;
}

export interface OutboxDatabase extends Dexie {
  readonly cmd: EntityTable<SealedLine, 'mid'>;
  readonly done: EntityTable<SealedLine, 'mid'>;
  readonly issue: EntityTable<SealedLine, 'mid'>;
  readonly file: EntityTable<{ readonly blob: string; readonly sealed: Uint8Array }, 'blob'>;
  readonly draft: EntityTable<{ readonly key: string; readonly sealed: Uint8Array; readonly savedAt: number }, 'key'>;
  readonly meta: EntityTable<{ readonly key: string; readonly value: unknown }, 'key'>;
}

/** Never dropped by code. Every commit waits for the disk. */
export function outboxDatabase(scope: string): OutboxDatabase {
  const db = new Dexie(`outbox:${scope}`, { chromeTransactionDurability: 'strict' });
  db.version(1).stores({
    cmd: 'mid,n,state',
    done: 'mid,n,doneAt',
    issue: 'mid',
    file: 'blob',
    draft: 'key',
    meta: 'key',
  });
  return db as OutboxDatabase;
}

/** Copies of this officer in shapes of other versions, or under a key that is lost, are of no more use. */
export async function dropOldCaches(officerId: string, current: string): Promise<void> {
  const names = await Dexie.getDatabaseNames();
  const old = names.filter((name) => name.startsWith(`cache:${officerId}:`) && name !== current);
  for (const name of old) await Dexie.delete(name);
}
