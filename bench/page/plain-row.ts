/** What the references keep: the very rows that our client loads, all in one store, with three indexes. */
export interface PlainRow {
  /** `tasks/t-1` */
  readonly id: string;
  readonly table: string;
  readonly state: string;
  /** When it is due, was begun or was found, ms; 0 where it has no such time. */
  readonly at: number;
  readonly subjectId: string;
  readonly seq: number;
  readonly ver: number;
  readonly [column: string]: unknown;
}

/** How often each of them does the same. */
export const TIMES = { edits: 200, flushed: 2000, changes: 60, lists: 50, scans: 5 } as const;

/** A state that only tasks have; most of such tasks are history. */
export const LISTED = 'reviewed';
export const LIST_LENGTH = 50;
/** Part of the name of some subjects. */
export const NEEDLE = '牛肉';
/** First and beyond the last id of the subjects, which alone are searched for a text. */
export const SUBJECTS = ['subjects/', 'subjects0'] as const;

export const mentions = (row: PlainRow): boolean =>
  [row['name'], row['address'], row['uscc'], row['contactName']].some(
    (text) => typeof text === 'string' && text.includes(NEEDLE),
  );

/** What an edit changes. */
export const edited = (row: PlainRow, turn: number): PlainRow => ({ ...row, diners: 10 + turn, ver: row.ver + 1 });

/** A number of rows that would make what was measured meaningless. */
export function mustFind(found: readonly unknown[]): void {
  if (found.length === 0) throw new Error('nothing was found');
}
