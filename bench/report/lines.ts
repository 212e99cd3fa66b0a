/** The lines of the table: what was measured, beside what, and how far it may go (sync.md, section 7, and issue 3). */
import { LENGTHS } from '../cells/index.ts';

/** Name of a figure, `cell: figure`; several are added up; or what follows from some. */
export type Value = string | readonly string[] | ((of: (name: string) => number) => number);

export interface Line {
  readonly what: string;
  readonly here: Value;
  /** What it is divided by. */
  readonly beside?: Value;
  /** What that is, where its name does not say it. */
  readonly besideIs?: string;
  /** The most that the ratio may be, or the figure itself where there is nothing beside it; `least`: the other way round. */
  readonly most?: number;
  readonly least?: number;
  readonly unit?: 'ms' | 'B' | '/s' | 'rows' | 'µs a row';
}

export interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

const RAW = 'raw: load';
const RAW_CPU = 'raw: load cpu';
const POUCH = ['pouch: load', 'pouch: index'] as const;
const POUCH_CPU = ['pouch: load cpu', 'pouch: index cpu'] as const;
/** A library's median in memory, without any safety: what G5 is counted in. */
const IN_MEMORY = 'dexie: spread';

const FIRST_LOAD: Part = {
  title: 'First load, empty to all rows of the district (G1)',
  lines: [
    { what: 'raw IndexedDB, bulk put', here: RAW },
    { what: '– CPU', here: RAW_CPU },
    { what: 'Dexie, bulk put', here: 'dexie: load', beside: RAW },
    { what: '– CPU', here: 'dexie: load cpu', beside: RAW_CPU },
    { what: 'RxDB, end to end', here: 'rxdb: load', beside: RAW },
    { what: '– CPU', here: 'rxdb: load cpu', beside: RAW_CPU },
    { what: 'PouchDB, end to end with its indexes', here: POUCH, beside: RAW },
    { what: '– CPU', here: POUCH_CPU, beside: RAW_CPU },
    { what: '**ours by pages alone**', here: 'pages: load', beside: RAW, most: 1.3 },
    { what: '– CPU', here: 'pages: load cpu', beside: RAW_CPU, most: 1.15 },
    { what: '– CPU, beside RxDB', here: 'pages: load cpu', beside: 'rxdb: load cpu', most: 1 / 3 },
    { what: '– CPU, beside PouchDB', here: 'pages: load cpu', beside: POUCH_CPU, most: 1 / 3 },
    { what: '**ours by segments**', here: 'segments: load', beside: RAW, most: 0.3 },
    { what: '– CPU', here: 'segments: load cpu', beside: RAW_CPU, most: 0.3 },
    {
      what: '**in the product**: sign-in pressed to the work of the day',
      here: 'product by segments: first screen',
      beside: RAW,
      most: 0.3,
    },
    { what: '– to everything here', here: 'product by segments: all here', beside: RAW },
    { what: '– by pages alone', here: 'product by pages: all here', beside: RAW },
  ],
};

const [SHORTEST, ...LONGER] = LENGTHS;
const LONGEST = LENGTHS[LENGTHS.length - 1];

/** What a row of history costs beyond everything else, µs: the longest first load less the shortest. */
const aColdRow =
  (figure: 'load' | 'load cpu'): Value =>
  (of) =>
    (1000 * (of(`growth ${LONGEST}: ${figure}`) - of(`growth ${SHORTEST}: ${figure}`))) /
    (of(`growth ${LONGEST}: rows`) - of(`growth ${SHORTEST}: rows`));
const aRawRow =
  (figure: 'load' | 'load cpu'): Value =>
  (of) =>
    (1000 * of(`raw: ${figure}`)) / of('raw: rows');

const HISTORY: Part = {
  title: 'History by segments (G2)',
  lines: [
    {
      what: '**a row of history, loaded**',
      here: aColdRow('load'),
      beside: aRawRow('load'),
      besideIs: 'raw',
      most: 0.1,
      unit: 'µs a row',
    },
    { what: '– CPU', here: aColdRow('load cpu'), beside: aRawRow('load cpu'), besideIs: 'raw', most: 0.1, unit: 'µs a row' },
    { what: 'the whole district loaded, its history unpacked', here: ['segments: load', 'segments: history'], beside: RAW },
    { what: '– CPU', here: ['segments: load cpu', 'segments: history cpu'], beside: RAW_CPU },
    { what: 'bytes kept, beside JSON', here: 'segments: stored', beside: 'raw: bytes', most: 0.25, unit: 'B' },
    { what: 'raw IndexedDB keeps', here: 'raw: stored', beside: 'raw: bytes', unit: 'B' },
  ],
};

const FREEZE: Part = {
  title: 'Longest time in which the page could not answer during the first load (G3)',
  lines: [
    { what: 'Dexie, bulk put', here: 'dexie: load freeze' },
    { what: 'RxDB', here: 'rxdb: load freeze' },
    { what: 'PouchDB', here: 'pouch: load freeze' },
    { what: 'ours with its engine on the page, by pages', here: 'pages: load freeze', beside: 'rxdb: load freeze' },
    { what: '– by segments', here: 'segments: load freeze', beside: 'rxdb: load freeze' },
    { what: '**the product by pages**', here: 'product by pages: freeze', most: 100 },
    { what: '– beside RxDB', here: 'product by pages: freeze', beside: 'rxdb: load freeze', most: 0.05 },
    { what: '**the product by segments**', here: 'product by segments: freeze', most: 30 },
    { what: 'the product, its first screen drawn', here: 'product by segments: freeze drawing' },
  ],
};

const EDITS: Part = {
  title: 'One edit, durable; 2,000 offline edits sent and decided (G4)',
  lines: [
    { what: 'raw IndexedDB, row and outbox, strict', here: 'raw: edit' },
    { what: 'Dexie, relaxed', here: 'dexie: edit', beside: 'raw: edit' },
    { what: 'RxDB, relaxed', here: 'rxdb: edit', beside: 'raw: edit' },
    { what: 'PouchDB, relaxed', here: 'pouch: edit', beside: 'raw: edit' },
    { what: '**ours, outbox and journal on disk**', here: 'segments: edit', beside: 'raw: edit', most: 3 },
    { what: 'flush, Dexie to memory', here: 'dexie: flush', beside: RAW },
    { what: 'flush, RxDB to memory', here: 'rxdb: flush', beside: RAW },
    { what: 'flush, PouchDB to memory', here: 'pouch: flush', beside: RAW },
    { what: '**flush, ours to PostgreSQL**', here: 'segments: flush', beside: RAW, most: 0.25 },
    { what: '– beside RxDB', here: 'segments: flush', beside: 'rxdb: flush', most: 1 },
  ],
};

const SPREAD: Part = {
  title: 'One change from one workstation to the query of another (G5)',
  lines: [
    { what: 'Dexie, in memory', here: IN_MEMORY },
    { what: 'RxDB, in memory', here: 'rxdb: spread', beside: IN_MEMORY },
    { what: 'PouchDB, in memory', here: 'pouch: spread', beside: IN_MEMORY },
    { what: 'ours, one server over PostgreSQL', here: 'spreading: one server', beside: IN_MEMORY },
    { what: '– p95', here: 'spreading: one server p95', beside: IN_MEMORY },
    { what: '**ours, two servers over one PostgreSQL**', here: 'spreading: two servers', beside: IN_MEMORY, most: 3 },
    { what: '– p95', here: 'spreading: two servers p95', beside: IN_MEMORY, most: 10 },
  ],
};

const READS: Part = {
  title: 'The newest 50 in a state; a text contained in a subject (G6)',
  lines: [
    { what: '50 by state and date, raw `getAllRecords`', here: 'raw: list' },
    { what: '– Dexie', here: 'dexie: list', beside: 'raw: list' },
    { what: '– RxDB, a query it does not know', here: 'rxdb: list', beside: 'raw: list' },
    { what: '– PouchDB', here: 'pouch: list', beside: 'raw: list' },
    { what: '– **ours**, history included', here: 'segments: list', beside: 'raw: list', most: 1.5 },
    { what: 'contained text, raw `getAll` and filter', here: 'raw: scan' },
    { what: '– Dexie', here: 'dexie: scan' },
    { what: '– RxDB', here: 'rxdb: scan' },
    { what: '– PouchDB', here: 'pouch: scan' },
    { what: '– **ours**, counts of the filters included', here: 'segments: scan', most: 10 },
    { what: '– beside Dexie', here: 'segments: scan', beside: 'dexie: scan', most: 0.01 },
    { what: '– by initials', here: 'segments: initials', most: 10 },
  ],
};

const CENTRE: Part = {
  title: 'The centre beside bare PostgreSQL (G7)',
  lines: [
    { what: '`COPY` of all rows as JSON', here: 'database: copy' },
    { what: '**every page, gzip 1**', here: 'database: pull', beside: 'database: copy', most: 1.3 },
    { what: 'plain inserts, eight writers', here: 'database: plain insert', unit: '/s' },
    {
      what: '**commits with lock and clock, eight districts**',
      here: 'database: eight clocks',
      beside: 'database: plain insert',
      least: 0.75,
      unit: '/s',
    },
    { what: '**commits with lock and clock, one district**', here: 'database: one clock', least: 500, unit: '/s' },
    { what: 'mutations decided in one district, fifty to a commit', here: 'database: decided', unit: '/s' },
  ],
};

const COLD_START: Part = {
  title: 'Cold start of the product: navigation to the work of the day, typing not counted',
  lines: [
    { what: '**all of it**', here: 'product by segments: cold start', most: 1500 },
    { what: '– to the door', here: 'product by segments: cold start door' },
    { what: '– pressed to the work of the day', here: 'product by segments: cold start work' },
    { what: '– of it the key made of the password, slow on purpose', here: 'segments: vault' },
    { what: '– of it the copy opened and asked', here: 'segments: open' },
    { what: 'digests of the whole district', here: 'segments: digests' },
  ],
};

const GROWTH: Part = {
  title: `A day's work beside a longer history (flat: at most 1.25 of the shortest)`,
  lines: [
    ...LENGTHS.map((times) => ({
      what: `${times} × history: rows of the first load`,
      here: `growth ${times}: rows`,
      unit: 'rows' as const,
    })),
    ...['change in', 'change in p95', 'change bytes', 'edit', 'edit bytes'].flatMap((figure) => {
      const unit = figure.endsWith('bytes') ? ('B' as const) : ('ms' as const);
      return [
        { what: `${figure}, ${SHORTEST} ×`, here: `growth ${SHORTEST}: ${figure}`, unit },
        ...LONGER.map((times) => ({
          what: `– ${times} ×`,
          here: `growth ${times}: ${figure}`,
          beside: `growth ${SHORTEST}: ${figure}`,
          ...(figure.endsWith('p95') ? {} : { most: 1.25 }),
          unit,
        })),
      ];
    }),
  ],
};

export const PARTS: readonly Part[] = [FIRST_LOAD, HISTORY, FREEZE, EDITS, SPREAD, READS, CENTRE, COLD_START, GROWTH];
