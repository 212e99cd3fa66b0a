/** What no client can beat, and what the library alone costs: the same rows, three indexes. */
import { Dexie } from 'dexie';

export type PlainRow = Readonly<Record<string, unknown>> & { readonly id: string };

const BATCH = 2000;
const INDEXES = ['districtId', 'kind', 'state'];

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

export async function openRaw(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.addEventListener('upgradeneeded', () => {
    const store = request.result.createObjectStore('rows', { keyPath: 'id' });
    for (const index of INDEXES) store.createIndex(index, index);
  });
  return settled(request);
}

export async function rawPut(db: IDBDatabase, rows: readonly PlainRow[], durability: 'relaxed' | 'strict'): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    const tx = db.transaction('rows', 'readwrite', { durability });
    const store = tx.objectStore('rows');
    for (const row of rows.slice(from, from + BATCH)) store.put(row);
    await committed(tx);
  }
}

export const rawAll = (db: IDBDatabase): Promise<PlainRow[]> =>
  settled(db.transaction('rows').objectStore('rows').getAll() as IDBRequest<PlainRow[]>);

export async function dexiePut(name: string, rows: readonly PlainRow[]): Promise<void> {
  const db = new Dexie(name, { chromeTransactionDurability: 'relaxed' });
  db.version(1).stores({ rows: ['id', ...INDEXES].join(',') });
  for (let from = 0; from < rows.length; from += BATCH) await db.table('rows').bulkPut(rows.slice(from, from + BATCH));
  await db.delete();
}

export const dropRaw = async (db: IDBDatabase): Promise<void> => {
  db.close();
  await settled(indexedDB.deleteDatabase(db.name));
};
