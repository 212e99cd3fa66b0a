import { Digests } from '#shared/protocol/digest.ts';
import { type AnyRow, isForgotten } from '#shared/schema/table.ts';
import { tableList, tableOfKind, tableOfName } from '#shared/tables/index.ts';
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
  StreamSegment,
  Where,
} from '../../renderer/sync/ports.ts';
import { shapeOf } from '../../renderer/store/shape.ts';

/** What lies on a workstation's disk, as plain maps: it outlives the program that wrote it. */
export interface ClientDisk {
  rows: Map<string, AnyRow>;
  shadows: Map<string, Shadow>;
  cursors: Map<string, CursorRow>;
  /** Segments taken, by stream and hash. */
  segments: Map<string, StreamSegment>;
  /** Kind → shape of the table when its rows were taken. */
  filled: Map<number, string>;
  outbox: Map<string, OutboxRow>;
  issues: Map<string, IssueRow>;
  done: Map<string, DoneRow>;
  files: Map<string, FileRow>;
  journal: { seq: number; text: string }[];
  journalSeq: number;
  /** Stream → how often it was forgotten. */
  drops: Map<string, number>;
}

/** What the tables are in this program. */
const SHAPES: ReadonlyMap<number, string> = new Map(tableList.map((table) => [table.kind, shapeOf(table)]));

export const emptyDisk = (): ClientDisk => ({
  rows: new Map(),
  shadows: new Map(),
  cursors: new Map(),
  segments: new Map(),
  filled: new Map(SHAPES),
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
    all: async (table) => allOf(disk, table),
    where: async (table, asked) => whereOf(disk, table, asked),
    count: async (table) => allOf(disk, table).length,
    covered: async (table, ids) => ids.filter((id) => disk.shadows.has(keyOf(table, id))),
    shadows: async () => [...disk.shadows.values()],
    cursors: async () => [...disk.cursors.values()],
    async apply({ puts, removes, shadowPuts, shadowRemoves, cursor, segment }) {
      for (const [table, rows] of puts) for (const row of rows) disk.rows.set(keyOf(table, row.id), row);
      for (const [table, ids] of removes) for (const id of ids) disk.rows.delete(keyOf(table, id));
      for (const shadow of shadowPuts) disk.shadows.set(keyOf(shadow.table, shadow.id), shadow);
      for (const { table, id } of shadowRemoves) disk.shadows.delete(keyOf(table, id));
      if (cursor) disk.cursors.set(cursor.stream, cursor);
      if (segment) disk.segments.set(keyOf(segment.stream, segment.segment.sha256), segment);
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
      for (const [key, taken] of disk.segments) if (taken.stream === stream) disk.segments.delete(key);
      disk.drops.set(stream, (disk.drops.get(stream) ?? 0) + 1);
      return removed;
    },
    segments: async (stream) =>
      [...disk.segments.values()].filter((taken) => taken.stream === stream).map(({ segment }) => segment.sha256),
    stale: async () => [...SHAPES].filter(([kind, shape]) => disk.filled.get(kind) !== shape).map(([kind]) => kind),
    async filled(kinds) {
      for (const kind of kinds) {
        const table = tableOfKind.get(kind);
        if (table) disk.filled.set(kind, shapeOf(table));
      }
    },
    async forget(now) {
      const tables = new Set<string>();
      for (const [key, { segment }] of disk.segments) {
        const days = segment.kinds.map((kind) => tableOfKind.get(kind)?.cold?.keepDays ?? Number.POSITIVE_INFINITY);
        if (!segment.cold || (segment.newestAt ?? now) >= now - Math.max(...days) * 24 * 3600_000) continue;
        disk.segments.delete(key);
        for (const kind of segment.kinds) tables.add(tableOfKind.get(kind)?.name ?? '');
      }
      for (const name of tables)
        for (const row of allOf(disk, name)) {
          const table = tableOfName.get(name);
          if (table && isForgotten(table, row, now)) disk.rows.delete(keyOf(name, row.id));
        }
      return [...tables];
    },
    reread: async () => undefined,
    async digests(stream, now) {
      const sum = new Digests((text) => new TextEncoder().encode(text));
      for (const table of tableList) {
        const shadows = [...disk.shadows.values()].filter((shadow) => shadow.table === table.name);
        const covered = new Set(shadows.map(({ id }) => id));
        const theirs = [
          ...allOf(disk, table.name).filter(({ id }) => !covered.has(id)),
          ...shadows.flatMap(({ row }) => row ?? []),
        ];
        for (const { id, districtId, ...columns } of theirs) {
          const row = { id, districtId, ...columns };
          if (table.streamOf(row) === stream && !isForgotten(table, row, now)) sum.add({ kind: table.kind, id, columns });
        }
      }
      return sum.texts();
    },
  };
}

const allOf = (disk: ClientDisk, table: string): AnyRow[] =>
  [...disk.rows].filter(([key]) => key.startsWith(`${table}/`)).map(([, row]) => row);

/** Sorts as the value does. */
const sortText = (value: unknown): string =>
  typeof value === 'number' ? String(value).padStart(20, '0') : JSON.stringify(value ?? null);

/** By looking at every row. */
function whereOf(disk: ClientDisk, name: string, { equal, range, descending = false, limit }: Where): AnyRow[] {
  const names = Object.keys(equal);
  const index = tableOfName
    .get(name)
    ?.indexes.find(
      (columns) => names.every((one) => columns.slice(0, names.length).includes(one)) && (!range || columns[names.length]),
    );
  if (!index) throw new TypeError(`no index of ${name} for ${names.join('+')}`);
  const ranged = index[names.length] ?? '';
  const fits = (row: AnyRow): boolean => {
    const value = row[ranged] as string | number | null;
    return value !== null && (range?.from === undefined || value >= range.from) && (range?.to === undefined || value <= range.to);
  };
  const order = (row: AnyRow): string => [...index.map((column) => sortText(row[column])), row.id].join('\n');
  const rows = allOf(disk, name)
    .filter((row) => names.every((one) => row[one] === equal[one]) && (!range || fits(row)))
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  return (descending ? rows.toReversed() : rows).slice(0, limit);
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
    lastDone: async () => Math.max(0, ...[...disk.done.values()].map(({ n }) => n)),
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
