/**
 * The registers in memory: thousands of rows filtered, searched and sorted within a frame.
 * Searching IndexedDB for a piece of text takes seconds; here it is a walk over prepared texts.
 */
import { pinyin } from 'pinyin-pro';
import type { AnyRow } from '#shared/schema/table.ts';
import type { RegisterAnswer, RegisterQuery } from './engine-api.ts';
import type { CacheChanges, CacheStore } from './ports.ts';

interface Entry {
  row: AnyRow;
  /** Lower-case text that is searched; pinyin and initials follow once somebody types latin letters. */
  text: string;
  sound: string | undefined;
}

const SEARCHED: Readonly<Record<RegisterQuery['table'], readonly string[]>> = {
  subjects: ['name', 'address', 'uscc', 'contactName'],
  gridCells: ['name', 'code'],
};

/** How many names get their sound before others get their turn. */
const STRETCH = 200;

const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

export interface Register {
  readonly query: (query: RegisterQuery) => Promise<RegisterAnswer>;
  readonly hear: (changes: CacheChanges | 'all') => void;
}

export function registers(cache: CacheStore): Register {
  const loaded = new Map<string, Promise<Map<string, Entry>>>();
  const numbers = new Map<string, Map<string, string>>();
  /** The newest order that was asked for, kept while rows come and go. */
  let sorted: { readonly table: string; readonly by: Sort; entries: readonly Entry[] } | undefined;

  const noteLicence = (licence: AnyRow): void => {
    const subject = String(licence['subjectId']);
    numbers.set(subject, (numbers.get(subject) ?? new Map<string, string>()).set(licence.id, String(licence['no'])));
  };

  function textOf(table: RegisterQuery['table'], row: AnyRow): string {
    const own = SEARCHED[table].map((column) => row[column]).filter((value) => typeof value === 'string');
    const licences = table === 'subjects' ? (numbers.get(row.id)?.values() ?? []) : [];
    return [...own, ...licences].join('\n').toLowerCase();
  }

  async function load(table: RegisterQuery['table']): Promise<Map<string, Entry>> {
    if (table === 'subjects') for (const licence of await cache.all('licences')) noteLicence(licence);
    const entries = new Map<string, Entry>();
    for (const row of await cache.all(table)) entries.set(row.id, { row, text: textOf(table, row), sound: undefined });
    void sound(entries);
    return entries;
  }

  function entriesOf(table: RegisterQuery['table']): Promise<Map<string, Entry>> {
    const there = loaded.get(table) ?? load(table);
    loaded.set(table, there);
    return there;
  }

  function update(table: RegisterQuery['table'], { puts, removes }: CacheChanges): void {
    const coming = loaded.get(table);
    if (!coming) return;
    const [rows, gone] = [puts.get(table) ?? [], removes.get(table) ?? []];
    const licences = table === 'subjects' ? (puts.get('licences') ?? []) : [];
    if (rows.length + gone.length + licences.length === 0) return;
    void coming.then((entries) => take(table, entries, rows, gone, licences));
  }

  function take(
    table: RegisterQuery['table'],
    entries: Map<string, Entry>,
    rows: readonly AnyRow[],
    gone: readonly string[],
    licences: readonly AnyRow[],
  ): void {
    const out = new Set<Entry>();
    for (const id of [...rows.map((row) => row.id), ...gone]) {
      const before = entries.get(id);
      if (before) out.add(before);
    }
    for (const licence of licences) noteLicence(licence);
    const fresh = rows.map((row): Entry => ({ row, text: textOf(table, row), sound: undefined }));
    for (const entry of fresh) entries.set(entry.row.id, entry);
    for (const id of gone) entries.delete(id);
    for (const licence of licences) {
      const entry = entries.get(String(licence['subjectId']));
      if (entry) entry.text = textOf(table, entry.row);
    }
    if (sorted?.table === table) sorted.entries = reordered(sorted.entries, sorted.by, out, fresh);
  }

  function inOrder({ table, sort: by }: RegisterQuery, entries: ReadonlyMap<string, Entry>): readonly Entry[] {
    if (by === null) return [...entries.values()];
    if (sorted?.table !== table || sorted.by.column !== by.column || sorted.by.descending !== by.descending)
      sorted = { table, by, entries: [...entries.values()].toSorted((a, b) => compareBy(by, a.row, b.row)) };
    return sorted.entries;
  }

  return {
    async query(query) {
      const entries = await entriesOf(query.table);
      return answerOf(query, inOrder(query, entries));
    },
    hear(changes) {
      if (changes === 'all') {
        loaded.clear();
        numbers.clear();
        sorted = undefined;
        return;
      }
      update('subjects', changes);
      update('gridCells', changes);
    },
  };
}

/** One walk: which rows pass, where they stand, and how many each choice of a filter would give under the others. */
function answerOf(query: RegisterQuery, entries: readonly Entry[]): RegisterAnswer {
  const terms = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  const filters = Object.entries(query.filter).map(([column, codes]) => ({
    column,
    allowed: codes.length > 0 ? new Set(codes) : undefined,
    counts: new Map<string, number>(),
  }));
  const rows: AnyRow[] = [];
  let total = 0;
  let foundAt: number | null = null;
  for (const entry of entries) {
    if (!terms.every((term) => holds(entry, term))) continue;
    const { row } = entry;
    const failed = filters.filter(({ column, allowed }) => allowed && !allowed.has(String(row[column])));
    for (const filter of filters)
      if (failed.length === 0 || (failed.length === 1 && failed[0] === filter)) {
        const code = String(row[filter.column]);
        filter.counts.set(code, (filter.counts.get(code) ?? 0) + 1);
      }
    if (failed.length > 0) continue;
    if (row.id === query.find) foundAt = total;
    if (total >= query.offset && rows.length < query.limit) rows.push(row);
    total += 1;
  }
  const counts = Object.fromEntries(filters.map((filter) => [filter.column, Object.fromEntries(filter.counts)]));
  return { total, offset: query.offset, rows, foundAt, counts };
}

function holds(entry: Entry, term: string): boolean {
  if (entry.text.includes(term)) return true;
  if (!/^[a-z]+$/.test(term)) return false;
  entry.sound ??= soundOf(String(entry.row['name']));
  return entry.sound.includes(term);
}

/** Full pinyin, then the initials: `zhangyelu zyl`. */
function soundOf(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).map((part) => part.toLowerCase());
  return `${syllables.join('')} ${syllables.map((part) => part[0] ?? '').join('')}`;
}

/** Names get their sound in the background, so that nobody waits for thousands of them. */
async function sound(entries: ReadonlyMap<string, Entry>): Promise<void> {
  let done = 0;
  for (const entry of entries.values()) {
    entry.sound ??= soundOf(String(entry.row['name']));
    done += 1;
    if (done % STRETCH === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

type Sort = NonNullable<RegisterQuery['sort']>;

/** Rows without a value stand last, whichever way the column is sorted. */
function compareBy({ column, descending }: Sort, a: AnyRow, b: AnyRow): number {
  const [left, right] = [a[column] ?? null, b[column] ?? null];
  const order =
    left === null || right === null
      ? Number(left === null) - Number(right === null)
      : (descending ? -1 : 1) * compare(left, right);
  return order || compare(a.id, b.id);
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
  return Number(left) - Number(right);
}

/** The same order after some entries went and others came. */
function reordered(entries: readonly Entry[], by: Sort, out: ReadonlySet<Entry>, fresh: readonly Entry[]): readonly Entry[] {
  const added = fresh.toSorted((a, b) => compareBy(by, a.row, b.row));
  const merged: Entry[] = [];
  let next = 0;
  for (const entry of entries) {
    if (out.has(entry)) continue;
    for (let one = added[next]; one && compareBy(by, one.row, entry.row) < 0; one = added[next]) {
      merged.push(one);
      next += 1;
    }
    merged.push(entry);
  }
  return [...merged, ...added.slice(next)];
}
