/** RxDB over its free Dexie storage, with its own replication. */
import { createRxDatabase, type Replication, type RxCollection } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { Subject } from 'rxjs';
import type { Figures } from '../cell.ts';
import { median, often, withFreeze } from './measure.ts';
import { edited, LIST_LENGTH, LISTED, mustFind, NEEDLE, type PlainRow, SUBJECTS, TIMES } from './plain-row.ts';
import { fetchRows, flushed, get, listen, post, spread, subjectsAmong } from './reference-line.ts';

const BATCH = 2000;
const AT_ONCE = 500;

const text = (maxLength: number) => ({ type: 'string', maxLength });
const number = (maximum: number) => ({ type: 'number', minimum: 0, maximum, multipleOf: 1 });
const SCHEMA = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(100),
    table: text(40),
    state: text(32),
    at: number(9_999_999_999_999),
    subjectId: text(64),
    seq: number(1e12),
    ver: number(1e9),
    name: text(200),
    address: text(200),
    diners: { type: ['number', 'null'] },
  },
  required: ['id', 'state', 'at', 'subjectId', 'seq'],
  indexes: [['state', 'at'], 'subjectId', 'seq'],
} as const;

const changed = new Subject();
const pageOf = (rows: readonly PlainRow[]) => ({
  documents: rows.map((row) => ({ ...row, _deleted: false })),
  checkpoint: { seq: rows.at(-1)?.seq ?? 0 },
});

function replicate(rows: RxCollection<PlainRow>, live: boolean): Replication {
  return replicateRxCollection<PlainRow, { readonly seq: number }>({
    collection: rows,
    replicationIdentifier: 'bench',
    live,
    retryTime: 500,
    autoStart: true,
    pull: {
      batchSize: BATCH,
      ...(live ? { stream$: changed.asObservable() } : {}),
      async handler(checkpoint, limit) {
        const page = await get(`/rx/pull?seq=${checkpoint?.seq ?? 0}&limit=${limit}`);
        return page as { readonly documents: readonly PlainRow[]; readonly checkpoint: { readonly seq: number } };
      },
    },
    push: { batchSize: AT_ONCE, handler: async (written) => (await post('/rx/push', written)) as readonly PlainRow[] },
  });
}

async function catchUp(rows: RxCollection<PlainRow>): Promise<void> {
  const replication = replicate(rows, false);
  await replication.awaitInitialReplication();
  await replication.cancel();
}

/** `turn` makes each query another one, because RxDB keeps the results of those it knows. */
const list = (rows: RxCollection<PlainRow>, turn: number): Promise<readonly unknown[]> =>
  rows
    .find({
      selector: { state: LISTED, at: { $lt: 9_000_000_000_000 + turn } },
      sort: [{ state: 'desc' }, { at: 'desc' }],
      limit: LIST_LENGTH,
    })
    .exec();

function scan(rows: RxCollection<PlainRow>, turn: number): Promise<readonly unknown[]> {
  const $regex = `${NEEDLE}|never ${turn}`;
  const [$gte, $lt] = SUBJECTS;
  return rows
    .find({ selector: { id: { $gte, $lt }, $or: [{ name: { $regex } }, { address: { $regex } }] }, limit: LIST_LENGTH })
    .exec();
}

async function edit(rows: RxCollection<PlainRow>, id: string, turn: number): Promise<void> {
  const row = await rows.findOne(id).exec();
  if (!row) throw new Error(`${id} is not here`);
  await row.patch({ diners: edited(row.toJSON(), turn)['diners'], ver: row.ver + 1 });
}

export async function rxdb(): Promise<Figures> {
  const known = await fetchRows();
  const ids = subjectsAmong(known).map(({ id }) => id);
  const idOf = (turn: number): string => ids[turn % ids.length] ?? '';
  const db = await createRxDatabase({ name: 'rx', storage: getRxStorageDexie(), multiInstance: true, eventReduce: true });
  const { rows } = await db.addCollections<{ readonly rows: RxCollection<PlainRow> }>({ rows: { schema: SCHEMA } });
  const load = await withFreeze('load', () => catchUp(rows));
  const here = await rows.count().exec();
  if (here !== known.length) throw new Error(`${here} rows of ${known.length} arrived`);
  mustFind(await list(rows, -1));
  mustFind(await scan(rows, -1));
  const listed = median(await often(TIMES.lists, (turn) => list(rows, turn)));
  const scanned = median(await often(TIMES.scans, (turn) => scan(rows, turn)));
  const replication = replicate(rows, true);
  await replication.awaitInSync();
  const stop = await listen((data) => changed.next(pageOf(JSON.parse(data) as PlainRow[])));
  const changes = await spread(known, (id, see) => {
    const watching = rows.findOne(id).$.subscribe((row) => see(row?.ver ?? 0));
    return () => watching.unsubscribe();
  });
  stop();
  await replication.cancel();
  const oneEdit = median(await often(TIMES.edits, (turn) => edit(rows, idOf(turn), turn)));
  await catchUp(rows);
  for (let turn = 0; turn < TIMES.flushed; turn++) await edit(rows, idOf(turn), turn);
  return { ...load, ...changes, ...(await flushed(() => catchUp(rows), ids)), list: listed, scan: scanned, edit: oneEdit };
}
