/** PouchDB over IndexedDB, with its own replication from a CouchDB; its indexes are made afterwards. */
import indexeddb from 'pouchdb-adapter-indexeddb';
import PouchDB, { type Pouch } from 'pouchdb-browser';
import find from 'pouchdb-find';
import type { Figures } from '../cell.ts';
import { large, median, often, pause, withFreeze } from './measure.ts';
import { edited, LIST_LENGTH, LISTED, mentions, mustFind, type PlainRow, SUBJECTS, TIMES } from './plain-row.ts';
import { fetchRows, flushed, spread, subjectsAmong } from './reference-line.ts';

PouchDB.plugin(indexeddb);
PouchDB.plugin(find);

const BATCH = 2000;
const AT_ONCE = 500;
/** Until its long poll stands. */
const LISTENING_MS = 1500;

const centre = `${location.origin}/db`;

/** Made by `createIndex`, filled by the first question. */
async function index(db: Pouch<PlainRow>): Promise<void> {
  for (const fields of [['state', 'at'], ['subjectId'], ['seq']]) await db.createIndex({ index: { fields } });
  await db.find({ selector: { state: LISTED, at: { $gt: 0 } }, limit: 1 });
  await db.find({ selector: { subjectId: 'nobody' }, limit: 1 });
  await db.find({ selector: { seq: 1 }, limit: 1 });
}

const list = async (db: Pouch<PlainRow>): Promise<readonly unknown[]> =>
  (
    await db.find({
      selector: { state: LISTED, at: { $gt: 0 } },
      sort: [{ state: 'desc' }, { at: 'desc' }],
      limit: LIST_LENGTH,
    })
  ).docs;

async function scan(db: Pouch<PlainRow>): Promise<readonly unknown[]> {
  const [startkey, endkey] = SUBJECTS;
  const { rows } = await db.allDocs({ include_docs: true, startkey, endkey });
  return rows.filter(({ doc }) => mentions(doc)).slice(0, LIST_LENGTH);
}

const edit = async (db: Pouch<PlainRow>, id: string, turn: number): Promise<void> => {
  await db.put(edited(await db.get(id), turn) as Awaited<ReturnType<typeof db.get>>);
};

export async function pouch(): Promise<Figures> {
  const known = await fetchRows();
  const ids = subjectsAmong(known).map(({ id }) => id);
  const idOf = (turn: number): string => ids[turn % ids.length] ?? '';
  const db = new PouchDB<PlainRow>('pouch', { adapter: 'indexeddb', auto_compaction: true, revs_limit: 20 });
  const load = await withFreeze('load', () => PouchDB.replicate(centre, db, { batch_size: BATCH, batches_limit: 10 }));
  const { doc_count: here } = await db.info();
  if (here !== known.length) throw new Error(`${here} rows of ${known.length} arrived`);
  const indexed = await large('index', () => index(db));
  mustFind(await list(db));
  mustFind(await scan(db));
  const listed = median(await often(TIMES.lists, () => list(db)));
  const scanned = median(await often(TIMES.scans, () => scan(db)));
  const live = PouchDB.replicate(centre, db, { live: true, retry: true, batch_size: AT_ONCE });
  const heard = db.changes({ live: true, since: 'now', include_docs: true });
  const hearers = new Set<(doc: PlainRow & { readonly _id: string }) => void>();
  heard.on('change', ({ doc }) => {
    for (const hear of hearers) hear(doc);
  });
  await pause(LISTENING_MS);
  const changes = await spread(known, (id, see) => {
    const hear = ({ _id: changed, ver }: { readonly _id: string; readonly ver: number }) => changed === id && see(ver);
    hearers.add(hear);
    return () => hearers.delete(hear);
  });
  live.cancel();
  heard.cancel();
  const oneEdit = median(await often(TIMES.edits, (turn) => edit(db, idOf(turn), turn)));
  const flush = () => PouchDB.replicate(db, centre, { batch_size: AT_ONCE, batches_limit: 10 });
  await flush();
  for (let turn = 0; turn < TIMES.flushed; turn++) await edit(db, idOf(turn), turn);
  return { ...load, ...indexed, ...changes, ...(await flushed(flush, ids)), list: listed, scan: scanned, edit: oneEdit };
}
