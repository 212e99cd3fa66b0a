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

const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

export interface Register {
  readonly query: (query: RegisterQuery) => Promise<RegisterAnswer>;
  readonly hear: (changes: CacheChanges | 'all') => void;
}

export function registers(cache: CacheStore): Register {
  const loaded = new Map<string, Promise<Map<string, Entry>>>();
  const numbers = new Map<string, Map<string, string>>();
  let sorted: { readonly key: string; readonly entries: readonly Entry[] } | undefined;

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
    sorted = undefined;
    for (const licence of licences) noteLicence(licence);
    for (const row of rows) entries.set(row.id, { row, text: textOf(table, row), sound: undefined });
    for (const id of gone) entries.delete(id);
    for (const licence of licences) {
      const entry = entries.get(String(licence['subjectId']));
      if (entry) entry.text = textOf(table, entry.row);
    }
  }

  function inOrder(query: RegisterQuery, entries: ReadonlyMap<string, Entry>): readonly Entry[] {
    const key = `${query.table}/${query.sort?.column}/${query.sort?.descending}`;
    if (sorted?.key !== key) sorted = { key, entries: sort([...entries.values()], query) };
    return sorted.entries;
  }

  return {
    async query(query) {
      const entries = await entriesOf(query.table);
      const terms = query.search.toLowerCase().split(/\s+/).filter(Boolean);
      const filters = Object.entries(query.filter).filter(([, codes]) => codes.length > 0);
      const passes = ({ row }: Entry, but?: string): boolean =>
        filters.every(([column, codes]) => column === but || codes.includes(String(row[column])));
      const found = inOrder(query, entries).filter((entry) => terms.every((term) => holds(entry, term)));
      const rows = found.filter((entry) => passes(entry));
      const place = query.find === undefined ? -1 : rows.findIndex(({ row }) => row.id === query.find);
      return {
        total: rows.length,
        offset: query.offset,
        rows: rows.slice(query.offset, query.offset + query.limit).map(({ row }) => row),
        foundAt: place < 0 ? null : place,
        counts: Object.fromEntries(
          Object.keys(query.filter).map((column) => [
            column,
            tally(
              found.filter((entry) => passes(entry, column)),
              column,
            ),
          ]),
        ),
      };
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

function sort(entries: Entry[], { sort: by }: RegisterQuery): Entry[] {
  if (by === null) return entries;
  const direction = by.descending ? -1 : 1;
  return entries.toSorted((a, b) => {
    const [left, right] = [a.row[by.column] ?? null, b.row[by.column] ?? null];
    // Rows without a value stand last, whichever way the column is sorted.
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return direction * compare(left, right);
  });
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return collator.compare(left, right);
  return Number(left) - Number(right);
}

function tally(entries: readonly Entry[], column: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { row } of entries) {
    const code = String(row[column]);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
