import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tables } from '#shared/tables/index.ts';
import { type Database, openDatabase } from '../../server/store/pg/pool.ts';
import { type Change, commitChanges } from '../../server/sync/commit-clock.ts';
import { startCluster } from './cluster.ts';

const WRITERS = 16;
const COMMITS = 30;

let cluster: Awaited<ReturnType<typeof startCluster>>;
let database: Database;

beforeAll(async () => {
  cluster = await startCluster();
  database = openDatabase(await cluster.newDatabase(), { max: WRITERS + 4 });
}, 120_000);

afterAll(async () => {
  await database.close();
  await cluster.stop();
});

const put = (district: string, id: string): Change => ({
  stream: `d:${district}`,
  districtId: district,
  kind: tables.regions.kind,
  id,
  deleted: false,
  movedTo: null,
});

const ROLLED_BACK = new Error('rolled back on purpose');
const unlessMeant = (error: unknown): false => {
  if (error !== ROLLED_BACK) throw error;
  return false;
};

async function commit(changes: readonly Change[], { holdMs = 0, rollback = false } = {}): Promise<ReadonlyMap<string, number>> {
  return database.transaction('read committed', async (sql) => {
    await sleep(holdMs);
    const heads = await commitChanges(sql, changes, randomBytes(8));
    if (rollback) throw ROLLED_BACK;
    return heads;
  });
}

test('sixteen writers on two districts, some rolled back: a reader of the feed loses no row and sees no number twice', async () => {
  const seen: string[] = [];
  let writing = true;
  const reader = (async () => {
    const cursor = new Map([
      ['d:620102', 0],
      ['d:620103', 0],
    ]);
    for (let last = false; !last; ) {
      last = !writing;
      for (const [stream, seq] of cursor) {
        const feed = 'select id, seq from sync_row where stream = $1 and seq > $2 order by seq';
        const rows = (await database.sql.query(feed, [stream, seq])).rows as readonly { id: string; seq: number }[];
        for (const row of rows) seen.push(row.id);
        cursor.set(stream, rows.at(-1)?.seq ?? seq);
      }
    }
  })();
  const committed: string[] = [];
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let i = 0; i < COMMITS; i++) {
        const rollback = i % 7 === 3;
        const ids = [`w${writer}-${i}-a`, `w${writer}-${i}-b`];
        const districts = writer % 2 === 0 ? ['620102', '620103'] : ['620103', '620102'];
        const changes = ids.map((id, n) => put(districts[n] ?? '', id));
        const done = await commit(changes, { holdMs: (writer * 7 + i * 3) % 5, rollback }).then(() => true, unlessMeant);
        if (done) committed.push(...ids);
      }
    }),
  );
  writing = false;
  await reader;
  expect(seen.toSorted()).toEqual(committed.toSorted());
  const heads = await database.sql.query('select sum(seq)::bigint as seq from sync_head');
  expect(heads.rows).toEqual([{ seq: committed.length }]);
}, 60_000);

test('a row changed twice in one commit, and again later, stands in the feed once at its newest number', async () => {
  await commit([put('620104', 'a'), put('620104', 'b'), put('620104', 'a')]);
  const heads = await commit([put('620104', 'a')]);
  expect(heads).toEqual(new Map([['d:620104', 3]]));
  const { rows } = await database.sql.query("select id, seq from sync_row where stream = 'd:620104' order by seq");
  expect(rows).toEqual([
    { id: 'b', seq: 2 },
    { id: 'a', seq: 3 },
  ]);
});

test('the database refuses a word that the definition does not know', async () => {
  const insert = `insert into regions (id, "districtId", name, level, ver) values ('x', '620100', '兰州市', $1, 1)`;
  await expect(database.sql.query(insert, ['planet'])).rejects.toMatchObject({ cause: { code: '23514' } });
  await database.sql.query(insert, ['city']);
});
