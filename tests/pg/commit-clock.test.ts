import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tableList, tables } from '#shared/tables/index.ts';
import { tableDdl } from '../../server/store/ddl.ts';
import { SYNC_DDL } from '../../server/store/sync-ddl.ts';
import { type Change, commitChanges } from '../../server/sync/commit-clock.ts';
import { startCluster } from './cluster.ts';

const WRITERS = 16;
const COMMITS = 30;

let cluster: Awaited<ReturnType<typeof startCluster>>;
let pool: Pool;

beforeAll(async () => {
  cluster = await startCluster();
  pool = new Pool({ connectionString: cluster.url, max: WRITERS + 4 });
  await pool.query([...tableList.map(tableDdl), SYNC_DDL].join('\n'));
}, 120_000);

afterAll(async () => {
  await pool.end();
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

async function commit(changes: readonly Change[], { holdMs = 0, rollback = false } = {}): Promise<ReadonlyMap<string, number>> {
  const sql = await pool.connect();
  try {
    await sql.query('begin');
    await sleep(holdMs);
    const heads = await commitChanges(sql, changes, randomBytes(8));
    await sql.query(rollback ? 'rollback' : 'commit');
    return heads;
  } finally {
    sql.release();
  }
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
        const { rows } = await pool.query<{ id: string; seq: string }>(
          'select id, seq from sync_row where stream = $1 and seq > $2 order by seq',
          [stream, seq],
        );
        for (const row of rows) seen.push(row.id);
        cursor.set(stream, Number(rows.at(-1)?.seq ?? seq));
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
        await commit(
          ids.map((id, n) => put(districts[n] ?? '', id)),
          { holdMs: (writer * 7 + i * 3) % 5, rollback },
        );
        if (!rollback) committed.push(...ids);
      }
    }),
  );
  writing = false;
  await reader;
  expect(seen.toSorted()).toEqual(committed.toSorted());
  const heads = await pool.query<{ seq: string }>('select sum(seq) as seq from sync_head');
  expect(Number(heads.rows[0]?.seq)).toBe(committed.length);
}, 60_000);

test('a row changed twice in one commit, and again later, stands in the feed once at its newest number', async () => {
  await commit([put('620104', 'a'), put('620104', 'b'), put('620104', 'a')]);
  const heads = await commit([put('620104', 'a')]);
  expect(heads).toEqual(new Map([['d:620104', 3]]));
  const { rows } = await pool.query("select id, seq from sync_row where stream = 'd:620104' order by seq");
  expect(rows).toEqual([
    { id: 'b', seq: '2' },
    { id: 'a', seq: '3' },
  ]);
});

test('the database refuses a word that the definition does not know', async () => {
  const insert = `insert into regions (id, "districtId", name, level, ver) values ('x', '620100', '兰州市', $1, 1)`;
  await expect(pool.query(insert, ['planet'])).rejects.toMatchObject({ code: '23514' });
  await pool.query(insert, ['city']);
});
