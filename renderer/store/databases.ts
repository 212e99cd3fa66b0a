import { Dexie, type DexieOptions, type EntityTable, type Table } from 'dexie';
import type { Segment } from '#shared/protocol/messages.ts';
import type { CursorRow } from '../sync/ports.ts';

/** A record of the log: sealed words about rows (lines.ts). Plain is only what is needed before it can be opened. */
export interface LogRecord {
  /** Rises; the newest word about a row wins. */
  readonly no: number;
  /** Records of the base stand below all others, and no two of them speak of the same row. */
  readonly base: boolean;
  /** Streams whose rows are in it; '' for words that are of no stream alone, such as that a row is new. */
  readonly streams: readonly string[];
  readonly rows: number;
  readonly sealed: Uint8Array<ArrayBuffer>;
}

/** A segment that was taken; the bytes of a cold one are in `pack`, those of others are a record. */
export type TakenSegment = Pick<Segment, 'sha256' | 'rows' | 'cold' | 'newestAt' | 'kinds'> & { readonly stream: string };

/** Kind of a table → what its columns were when its rows were taken. */
interface Filled {
  readonly kind: number;
  readonly shape: string;
}

export interface CacheDatabase extends Dexie {
  readonly rec: EntityTable<LogRecord, 'no'>;
  readonly pack: EntityTable<{ readonly sha256: string; readonly sealed: Uint8Array<ArrayBuffer> }, 'sha256'>;
  readonly segment: Table<TakenSegment, [string, string]>;
  readonly cursor: EntityTable<CursorRow, 'stream'>;
  readonly filled: EntityTable<Filled, 'kind'>;
}

const inPlace = (idb: IDBFactory | undefined): DexieOptions => (idb ? { indexedDB: idb, IDBKeyRange } : {});

/** How records are written; another number is another database, filled anew. */
const FORMAT = 2;

/** Copy of one officer under one data key. */
export const cacheName = (scope: string): string => `cache:${scope}:${FORMAT}`;

/** The disposable copy. Committed by the browser when it likes: the centre has it all. */
export function cacheDatabase(name: string, idb?: IDBFactory): CacheDatabase {
  const db = new Dexie(name, { ...inPlace(idb), chromeTransactionDurability: 'relaxed' });
  db.version(1).stores({ rec: 'no', pack: 'sha256', segment: '[stream+sha256]', cursor: 'stream', filled: 'kind' });
  return db as CacheDatabase;
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
export function outboxDatabase(scope: string, idb?: IDBFactory): OutboxDatabase {
  const db = new Dexie(`outbox:${scope}`, { ...inPlace(idb), chromeTransactionDurability: 'strict' });
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

/** Copies of this officer in another format, or under a key that is lost, are of no more use. */
export async function dropOldCaches(officerId: string, current: string, idb: IDBFactory): Promise<void> {
  const names = (await idb.databases()).map(({ name = '' }) => name);
  const old = names.filter((name) => name.startsWith(`cache:${officerId}:`) && name !== current);
  for (const name of old) await new Dexie(name, inPlace(idb)).delete();
}
