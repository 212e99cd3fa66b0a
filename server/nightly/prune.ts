/**
 * What is forgotten at the centre (docs/sync.md, what is forgotten).
 *
 * Invariants
 * 1. A tombstone goes only when no segment that counts can still contain its row: it was removed before the oldest was made.
 * 2. Above the floor every tombstone and every commit is there, so a cursor at or above it can be checked and gone on from.
 * 3. The newest commit of a stream stays for ever.
 */
import type { Sql } from '../sync/commit-clock.ts';
import type { Database } from '../store/pg/pool.ts';

const DAY_MS = 24 * 3600_000;
const TOMBSTONE_MS = 180 * DAY_MS;
const COMMIT_MS = 400 * DAY_MS;
const SESSION_MS = 30 * DAY_MS;

export interface Pruned {
  readonly tombstones: number;
  readonly commits: number;
  readonly sessions: number;
}

const STREAMS = 'select district_id as district, stream from sync_head';

/** Writers wait here as they wait for each other. */
const LOCK_CLOCK = 'select 1 from sync_head where district_id = $1 and stream = $2 for update';

const OLDEST_SEGMENT = `select min(made_at) as at from sync_segment
  where district_id = $1 and stream = $2 and dissolved_at is null`;

/** Number of the last commit made before an instant, ms. */
const LAST_BEFORE = `select coalesce(max(seq_to), 0) as seq from sync_commit
  where district_id = $1 and stream = $2 and at < to_timestamp($3::float8 / 1000)`;

const DROP_TOMBSTONES = `with gone as (
    delete from sync_row where district_id = $1 and stream = $2 and deleted and seq <= $3 returning seq)
  select count(*) as n, coalesce(max(seq), 0) as floor from gone`;

const DROP_COMMITS = `with gone as (
    delete from sync_commit where district_id = $1 and stream = $2 and seq_to < $3 returning seq_to)
  select count(*) as n from gone`;

const RAISE_FLOOR = `update sync_head set floor_seq = greatest(floor_seq, $3) where district_id = $1 and stream = $2`;

const DROP_SESSIONS =
  'with gone as (delete from session where coalesce(ended_at, expires_at) < $1 returning 1) select count(*) as n from gone';

export async function prune(database: Database, now: number): Promise<Pruned> {
  const { rows } = await database.sql.query(STREAMS);
  let [tombstones, commits] = [0, 0];
  for (const { district, stream } of rows as readonly { readonly district: string; readonly stream: string }[]) {
    const gone = await database.transaction('read committed', (sql) => pruneStream(sql, [district, stream], now));
    tombstones += gone.tombstones;
    commits += gone.commits;
  }
  const [sessions] = (await database.sql.query(DROP_SESSIONS, [now - SESSION_MS])).rows as readonly { readonly n: number }[];
  return { tombstones, commits, sessions: sessions?.n ?? 0 };
}

async function pruneStream(sql: Sql, which: readonly [district: string, stream: string], now: number) {
  const one = async <T>(text: string, ...more: readonly unknown[]): Promise<T> =>
    (await sql.query(text, [...which, ...more])).rows[0] as T;
  await sql.query(LOCK_CLOCK, which);
  const { at } = await one<{ readonly at: number | null }>(OLDEST_SEGMENT);
  const removedBefore = Math.min(now - TOMBSTONE_MS, at ?? Number.MAX_SAFE_INTEGER);
  const { seq: last } = await one<{ readonly seq: number }>(LAST_BEFORE, removedBefore);
  const { n: tombstones, floor } = await one<{ readonly n: number; readonly floor: number }>(DROP_TOMBSTONES, last);
  const { seq: oldest } = await one<{ readonly seq: number }>(LAST_BEFORE, now - COMMIT_MS);
  const { n: commits } = await one<{ readonly n: number }>(DROP_COMMITS, oldest);
  if (tombstones > 0 || commits > 0) await sql.query(RAISE_FLOOR, [...which, Math.max(floor, commits > 0 ? oldest : 0)]);
  return { tombstones, commits };
}
