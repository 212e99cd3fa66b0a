import { tableOfName } from '#shared/tables/index.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import type {
  CacheStore,
  CursorRow,
  DoneRow,
  FileRow,
  IssueRow,
  Journal,
  OutboxRow,
  OutboxStore,
  Shadow,
} from '../../renderer/sync/ports.ts';

/** What lies on a workstation's disk, as plain maps: it outlives the program that wrote it. */
export interface ClientDisk {
  rows: Map<string, AnyRow>;
  shadows: Map<string, Shadow>;
  cursors: Map<string, CursorRow>;
  outbox: Map<string, OutboxRow>;
  issues: Map<string, IssueRow>;
  done: Map<string, DoneRow>;
  files: Map<string, FileRow>;
  journal: { seq: number; text: string }[];
  journalSeq: number;
  /** Stream → how often it was forgotten. */
  drops: Map<string, number>;
}

export const emptyDisk = (): ClientDisk => ({
  rows: new Map(),
  shadows: new Map(),
  cursors: new Map(),
  outbox: new Map(),
  issues: new Map(),
  done: new Map(),
  files: new Map(),
  journal: [],
  journalSeq: 0,
  drops: new Map(),
});

/** Both databases of IndexedDB came up empty; the journal is a file of its own. */
export const emptiedDatabases = (disk: ClientDisk): ClientDisk => ({
  ...emptyDisk(),
  journal: disk.journal,
  journalSeq: disk.journalSeq,
});

const keyOf = (table: string, id: string): string => `${table}/${id}`;

export function memoryCache(disk: ClientDisk): CacheStore {
  return {
    get: async (table, id) => disk.rows.get(keyOf(table, id)),
    many: async (table, ids) => ids.map((id) => disk.rows.get(keyOf(table, id))),
    all: async (table) => [...disk.rows].filter(([key]) => key.startsWith(`${table}/`)).map(([, row]) => row),
    shadows: async () => [...disk.shadows.values()],
    cursors: async () => [...disk.cursors.values()],
    async apply({ puts, removes, shadowPuts, shadowRemoves, cursor }) {
      for (const [table, rows] of puts) for (const row of rows) disk.rows.set(keyOf(table, row.id), row);
      for (const [table, ids] of removes) for (const id of ids) disk.rows.delete(keyOf(table, id));
      for (const shadow of shadowPuts) disk.shadows.set(keyOf(shadow.table, shadow.id), shadow);
      for (const { table, id } of shadowRemoves) disk.shadows.delete(keyOf(table, id));
      if (cursor) disk.cursors.set(cursor.stream, cursor);
    },
    async dropStream(stream) {
      const belongs = (table: string, row: AnyRow | null): boolean =>
        row !== null && tableOfName.get(table)?.streamOf(row) === stream;
      const removed = new Map<string, string[]>();
      for (const [key, row] of disk.rows) {
        const table = key.slice(0, key.indexOf('/'));
        if (!belongs(table, row)) continue;
        disk.rows.delete(key);
        removed.set(table, [...(removed.get(table) ?? []), row.id]);
      }
      for (const [key, shadow] of disk.shadows) if (belongs(shadow.table, shadow.row)) disk.shadows.delete(key);
      disk.cursors.delete(stream);
      disk.drops.set(stream, (disk.drops.get(stream) ?? 0) + 1);
      return removed;
    },
  };
}

export function memoryOutbox(disk: ClientDisk): OutboxStore {
  return {
    rows: async () => [...disk.outbox.values()].toSorted((a, b) => a.n - b.n),
    issues: async () => [...disk.issues.values()],
    knows: async (mid) => disk.outbox.has(mid) || disk.issues.has(mid) || disk.done.has(mid),
    lastN: async () => Math.max(0, ...[...disk.outbox.values(), ...disk.done.values()].map(({ n }) => n)),
    async add(rows) {
      for (const row of rows) disk.outbox.set(row.mid, row);
    },
    async withdraw(mid) {
      disk.outbox.delete(mid);
    },
    async decide({ acked, issues }) {
      for (const row of acked) disk.outbox.set(row.mid, row);
      for (const issue of issues) {
        disk.issues.set(issue.mid, issue);
        if (issue.status === 'rejected') disk.outbox.delete(issue.mid);
      }
    },
    async settle(done) {
      for (const row of done) {
        disk.done.set(row.mid, row);
        disk.outbox.delete(row.mid);
      }
    },
    done: async () => [...disk.done.values()].toSorted((a, b) => a.n - b.n),
    async reopen(rows) {
      for (const row of rows) {
        disk.outbox.set(row.mid, row);
        disk.done.delete(row.mid);
      }
    },
    async putIssue(issue) {
      disk.issues.set(issue.mid, issue);
    },
    files: async () => [...disk.files.values()],
    async putFile(file) {
      disk.files.set(file.blob, file);
    },
  };
}

export function memoryJournal(disk: ClientDisk): Journal {
  return {
    async append(entries) {
      for (const text of entries) disk.journal.push({ seq: ++disk.journalSeq, text });
    },
    read: async () => ({ entries: [...disk.journal], damaged: 0 }),
    async trim(throughSeq) {
      disk.journal = disk.journal.filter(({ seq }) => seq > throughSeq);
    },
  };
}
