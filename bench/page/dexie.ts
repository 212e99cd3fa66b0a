/** Dexie with one cursor and an outbox: the plain design, without anything that makes ours safe. */
import { Dexie, liveQuery, type EntityTable } from 'dexie';
import type { Figures } from '../cell.ts';
import { median, often, tiny, withFreeze } from './measure.ts';
import { edited, LIST_LENGTH, LISTED, mentions, mustFind, type PlainRow, SUBJECTS, TIMES } from './plain-row.ts';
import { fetchRows, flushed, listen, post, spread, subjectsAmong } from './reference-line.ts';

const BATCH = 2000;
const AT_ONCE = 500;

interface Plain extends Dexie {
  readonly rows: EntityTable<PlainRow, 'id'>;
  readonly outbox: EntityTable<{ readonly n: number; readonly mid: string; readonly row: PlainRow }, 'n'>;
}

function openPlain(): Plain {
  const db = new Dexie('plain', { chromeTransactionDurability: 'relaxed' });
  db.version(1).stores({ rows: 'id,[state+at],subjectId,seq', outbox: '++n,&mid' });
  return db as Plain;
}

async function putAll(db: Plain, rows: readonly PlainRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) await db.rows.bulkPut(rows.slice(from, from + BATCH));
}

const edit = (db: Plain, id: string, turn: number): Promise<unknown> =>
  db.transaction('rw', db.rows, db.outbox, async () => {
    const row = edited((await db.rows.get(id)) as PlainRow, turn);
    await db.rows.put(row);
    await db.outbox.add({ mid: crypto.randomUUID(), row });
  });

async function flush(db: Plain): Promise<void> {
  for (;;) {
    const waiting = await db.outbox.orderBy('n').limit(AT_ONCE).toArray();
    if (waiting.length === 0) return;
    const rows = (await post('/push', { waiting })) as readonly PlainRow[];
    await db.transaction('rw', db.rows, db.outbox, async () => {
      await db.rows.bulkPut(rows);
      await db.outbox.bulkDelete(waiting.map(({ n }) => n));
    });
  }
}

const list = (db: Plain): Promise<readonly PlainRow[]> =>
  db.rows.where('[state+at]').between([LISTED, Dexie.minKey], [LISTED, Dexie.maxKey]).reverse().limit(LIST_LENGTH).toArray();

const scan = (db: Plain): Promise<readonly PlainRow[]> =>
  db.rows
    .where('id')
    .between(...SUBJECTS)
    .filter(mentions)
    .limit(LIST_LENGTH)
    .toArray();

export async function dexie(): Promise<Figures> {
  const rows = await fetchRows();
  const ids = subjectsAmong(rows).map(({ id }) => id);
  const idOf = (turn: number): string => ids[turn % ids.length] ?? '';
  const db = openPlain();
  await db.open();
  const load = await withFreeze('load', () => putAll(db, rows));
  mustFind(await list(db));
  mustFind(await scan(db));
  const listed = await tiny(() => list(db));
  const scanned = median(await often(TIMES.scans, () => scan(db)));
  const stop = await listen((data) => void db.rows.bulkPut(JSON.parse(data) as PlainRow[]));
  const changes = await spread(rows, (id, see) => {
    const watching = liveQuery(() => db.rows.get(id)).subscribe((row) => see(row?.ver ?? 0));
    return () => watching.unsubscribe();
  });
  stop();
  const oneEdit = median(await often(TIMES.edits, (turn) => edit(db, idOf(turn), turn)));
  await flush(db);
  for (let turn = 0; turn < TIMES.flushed; turn++) await edit(db, idOf(turn), turn);
  return { ...load, ...changes, ...(await flushed(() => flush(db), ids)), list: listed, scan: scanned, edit: oneEdit };
}
