/** What lies on a simulated workstation's disk: plain maps (protocol level) or real databases (code level, indexeddb-disk.ts). */
import type { AnyRow } from '#shared/schema/table.ts';
import type { CacheStore, CursorRow, IssueRow, Journal, OutboxRow, OutboxStore, Shadow } from '../../renderer/sync/ports.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';

export interface OpenStores {
  readonly cache: CacheStore;
  readonly outbox: OutboxStore;
  close(): void;
}

export type Wiped = 'both' | 'cache' | 'outbox';

/** The disk as the oracle reads it. */
export interface DiskView {
  /** `table/id` → row as the copy shows it. */
  readonly rows: ReadonlyMap<string, AnyRow>;
  readonly shadows: ReadonlyMap<string, Shadow>;
  readonly cursors: ReadonlyMap<string, CursorRow>;
  readonly outbox: ReadonlyMap<string, OutboxRow>;
  readonly issues: ReadonlyMap<string, IssueRow>;
  knows(mid: string): boolean;
}

/** Outlives the program that wrote it. */
export interface SimDisk {
  open(): Promise<OpenStores>;
  readonly journal: Journal;
  /** The last line that was being written is half there. */
  tearJournal(): void;
  /** A line that was whole cannot be read any more. */
  rotJournal(pick: (n: number) => number): void;
  /** Databases come up empty. The journal is a file of its own. */
  wipe(what: Wiped): Promise<void>;
  view(mids: readonly string[]): Promise<DiskView>;
  /** A row as the officer sees it. */
  row(table: string, id: string): Promise<AnyRow | undefined>;
}

/** The journal as a file would be that can be torn and can rot. */
export function journalFile(): Pick<SimDisk, 'journal' | 'tearJournal' | 'rotJournal'> {
  const file = emptyDisk();
  const whole = memoryJournal(file);
  let damaged = 0;
  return {
    journal: { ...whole, read: async () => ({ ...(await whole.read()), damaged }) },
    tearJournal: () => void (damaged += 1),
    rotJournal(pick) {
      if (file.journal.length === 0) return;
      file.journal.splice(pick(file.journal.length), 1);
      damaged += 1;
    },
  };
}

export function memoryDisk(): SimDisk {
  let disk = emptyDisk();
  return {
    ...journalFile(),
    open: async () => ({ cache: memoryCache(disk), outbox: memoryOutbox(disk), close: () => undefined }),
    async wipe(what) {
      const { rows, shadows, cursors, outbox, issues, done, files } = emptyDisk();
      // What a program that just died still holds is the old disk.
      disk = {
        ...disk,
        ...(what === 'outbox' ? {} : { rows, shadows, cursors }),
        ...(what === 'cache' ? {} : { outbox, issues, done, files }),
      };
    },
    view: async () => ({
      rows: disk.rows,
      shadows: disk.shadows,
      cursors: disk.cursors,
      outbox: disk.outbox,
      issues: disk.issues,
      knows: (mid) => disk.outbox.has(mid) || disk.issues.has(mid) || disk.done.has(mid),
    }),
    row: async (table, id) => disk.rows.get(`${table}/${id}`),
  };
}
