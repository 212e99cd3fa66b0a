import { districtOfStream } from '#shared/schema/stream.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { Sql } from '../../sync/commit-clock.ts';
import type { FeedLine, Head, History, KeptSegment, Snapshot } from '../centre-store.ts';
import { readHeads } from './heads.ts';
import { readerOver } from './reader.ts';
import { rowSql } from './row-sql.ts';
import { SEGMENTS, STANDING } from './segment-sql.ts';

const HEAD = `select seq, encode(mark, 'hex') as mark, floor_seq as floor from sync_head
  where district_id = $1 and stream = $2`;
const COMMIT_AT = `select seq_to as seq, encode(mark, 'hex') as mark from sync_commit
  where district_id = $1 and stream = $2 and seq_to <= $3 order by seq_to desc limit 1`;
const FEED = `select kind, district_id as district, id, seq, deleted, moved_to is not null as moved from sync_row
  where district_id = $1 and stream = $2 and seq > $3 and (seg is null or seg > $5) and ($6::smallint[] is null or kind = any($6))
  order by seq limit $4`;
const COUNTS = `select kind, count(*) as n from sync_row where district_id = $1 and stream = $2 and not deleted
  group by kind order by kind`;
const LAST_N = `select coalesce(max(n), 0) as n from sync_mutation where device = $1 and actor = $2`;

interface FeedRow extends Omit<FeedLine, 'content'> {
  readonly deleted: boolean;
}

/** `home`: the district of whoever asks. */
export const historyOver = (sql: Sql, home: string): History => ({
  async head(stream) {
    const { rows } = await sql.query(HEAD, [districtOfStream(stream, home), stream]);
    return (rows as readonly Head[])[0] ?? { seq: 0, mark: '', floor: 0 };
  },
  async commitAt(stream, seq) {
    const { rows } = await sql.query(COMMIT_AT, [districtOfStream(stream, home), stream, seq]);
    return (rows as readonly { readonly seq: number; readonly mark: string }[])[0];
  },
  async lastN(officerId, device) {
    const { rows } = await sql.query(LAST_N, [device, officerId]);
    return (rows as readonly { readonly n: number }[])[0]?.n ?? 0;
  },
});

/** Over a REPEATABLE READ transaction; `home`: the district of whoever asks. */
export const snapshotOver = (sql: Sql, home: string): Snapshot => ({
  ...readerOver(sql),
  ...historyOver(sql, home),
  heads: () => readHeads(sql),
  async feed(stream, after, limit, { packed = 0, kinds } = {}) {
    const { rows } = await sql.query(FEED, [districtOfStream(stream, home), stream, after, limit, packed, kinds ?? null]);
    return withContent(sql, rows as readonly FeedRow[]);
  },
  async counts(stream) {
    const { rows } = await sql.query(COUNTS, [districtOfStream(stream, home), stream]);
    return rows as readonly { readonly kind: number; readonly n: number }[];
  },
  async segments(stream) {
    const { rows } = await sql.query(SEGMENTS, [districtOfStream(stream, home), stream]);
    return rows as readonly KeptSegment[];
  },
  async standing(stream) {
    const { rows } = await sql.query(STANDING, [districtOfStream(stream, home), stream]);
    return new Map((rows as readonly { readonly no: number; readonly n: number }[]).map(({ no, n }) => [no, n]));
  },
});

/** One query per table and district that occur in the page. */
async function withContent(sql: Sql, feed: readonly FeedRow[]): Promise<readonly FeedLine[]> {
  const content = new Map<string, FeedLine['content']>();
  const there = feed.filter(({ deleted }) => !deleted);
  for (const group of Map.groupBy(there, ({ kind, district }) => `${kind}/${district}`).values()) {
    const [{ kind, district } = { kind: 0, district: '' }] = group;
    const table = tableOfKind.get(kind);
    if (!table) throw new Error(`the feed names a kind that no table has: ${kind}`);
    const { rows } = await sql.query(rowSql(table).selectJson, [district, group.map(({ id }) => id)]);
    for (const row of rows as readonly { readonly id: string; readonly ver: number; readonly json: string }[])
      content.set(`${kind}/${district}/${row.id}`, { ver: row.ver, json: row.json });
  }
  return feed.map(({ deleted, ...line }) => {
    const found = content.get(`${line.kind}/${line.district}/${line.id}`) ?? null;
    if (!deleted && !found) throw new Error(`the feed names a row that is not there: ${line.kind}/${line.id}`);
    return { ...line, content: found };
  });
}
