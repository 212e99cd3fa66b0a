/** IndexedDB by itself: what no client that keeps one record for each row can beat. */
import type { Figures } from '../cell.ts';
import { large, median, often, tiny } from './measure.ts';
import { edited, LIST_LENGTH, LISTED, mentions, mustFind, type PlainRow, SUBJECTS, TIMES } from './plain-row.ts';
import { fetchRows, subjectsAmong } from './reference-line.ts';

declare global {
  interface IDBIndex {
    /** Chromium has it; TypeScript does not know it yet. */
    getAllRecords(asked: {
      readonly query: IDBKeyRange;
      readonly count: number;
      readonly direction: IDBCursorDirection;
    }): IDBRequest<readonly unknown[]>;
  }
}

const BATCH = 2000;

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });

const committed = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.addEventListener('complete', () => resolve());
    tx.addEventListener('error', () => reject(tx.error));
  });

async function openRaw(): Promise<IDBDatabase> {
  const request = indexedDB.open('raw', 1);
  request.addEventListener('upgradeneeded', () => {
    const store = request.result.createObjectStore('rows', { keyPath: 'id' });
    store.createIndex('state', ['state', 'at']);
    store.createIndex('subjectId', 'subjectId');
    store.createIndex('seq', 'seq');
    request.result.createObjectStore('outbox', { keyPath: 'mid' });
  });
  return settled(request);
}

async function putAll(db: IDBDatabase, rows: readonly PlainRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const tx = db.transaction('rows', 'readwrite', { durability: 'relaxed' });
    for (const row of rows.slice(from, from + BATCH)) tx.objectStore('rows').put(row);
    tx.commit();
    await committed(tx);
  }
}

/** The row and what is to be sent, in one transaction that waits for the disk. */
async function edit(db: IDBDatabase, id: string, turn: number): Promise<void> {
  const tx = db.transaction(['rows', 'outbox'], 'readwrite', { durability: 'strict' });
  const row = (await settled(tx.objectStore('rows').get(id))) as PlainRow;
  tx.objectStore('rows').put(edited(row, turn));
  tx.objectStore('outbox').put({ mid: `m${turn}`, id, diners: 10 + turn });
  tx.commit();
  await committed(tx);
}

/** The newest fifty in a state, by the fastest call there is. */
function list(db: IDBDatabase): Promise<readonly unknown[]> {
  const index = db.transaction('rows').objectStore('rows').index('state');
  const query = IDBKeyRange.bound([LISTED, 0], [LISTED, Number.POSITIVE_INFINITY]);
  return settled(index.getAllRecords({ query, count: LIST_LENGTH, direction: 'prev' }));
}

const scan = async (db: IDBDatabase): Promise<readonly PlainRow[]> => {
  const all = db
    .transaction('rows')
    .objectStore('rows')
    .getAll(IDBKeyRange.bound(...SUBJECTS));
  return ((await settled(all)) as PlainRow[]).filter(mentions).slice(0, LIST_LENGTH);
};

export async function raw(): Promise<Figures> {
  const rows = await fetchRows();
  const subjects = subjectsAmong(rows);
  const db = await openRaw();
  const put = await large('load', () => putAll(db, rows));
  const { usage = 0 } = await navigator.storage.estimate();
  mustFind(await list(db));
  mustFind(await scan(db));
  return {
    ...put,
    rows: rows.length,
    bytes: new TextEncoder().encode(JSON.stringify(rows)).length,
    stored: usage,
    list: await tiny(() => list(db)),
    scan: median(await often(TIMES.scans, () => scan(db))),
    edit: median(await often(TIMES.edits, (turn) => edit(db, subjects[turn % subjects.length]?.id ?? '', turn))),
  };
}
