import { CITY, districtOfStream } from '#shared/schema/stream.ts';
import type { Sql } from '../../sync/commit-clock.ts';
import type { NewSegment } from '../centre-store.ts';

export const SEGMENTS = `select no, sha256, rows, bytes, cold, newest_at as "newestAt", kinds, made_at as "madeAt" from sync_segment
  where district_id = $1 and stream = $2 and dissolved_at is null order by no`;

export const STANDING = `select seg as no, count(*) as n from sync_row where district_id = $1 and stream = $2 and seg is not null
  group by seg`;

/** Taken before rows are marked, as a writer takes it before its own: so the two never wait for each other in a circle. */
const LOCK_CLOCK = 'select 1 from sync_head where district_id = $1 and stream = $2 for update';

const MAKE = `insert into sync_segment (district_id, stream, no, sha256, rows, bytes, cold, newest_at, kinds, made_at)
  select $1, $2, coalesce(max(no), 0) + 1, $3, $4, $5, $6, $7, $8::jsonb, $9
  from sync_segment where district_id = $1 and stream = $2 returning no`;

/** A row that changed after it was read has another number. */
const MARK = `update sync_row r set seg = $3
  from unnest($4::smallint[], $5::text[], $6::bigint[]) as packed (kind, id, seq)
  where r.district_id = $1 and r.stream = $2 and r.kind = packed.kind and r.id = packed.id and r.seq = packed.seq
    and not r.deleted and r.seg is null`;

const DISSOLVE = 'update sync_segment set dissolved_at = $4 where district_id = $1 and stream = $2 and no = $3';
const FREE = 'update sync_row set seg = null where district_id = $1 and stream = $2 and seg = $3';

export async function pack(sql: Sql, { stream, about, rows }: NewSegment): Promise<number> {
  const district = districtOfStream(stream, CITY);
  const { sha256, rows: count, bytes, cold, newestAt, kinds, madeAt } = about;
  await sql.query(LOCK_CLOCK, [district, stream]);
  const made = [district, stream, sha256, count, bytes, cold, newestAt, JSON.stringify(kinds), madeAt];
  const [{ no } = { no: 0 }] = (await sql.query(MAKE, made)).rows as readonly { readonly no: number }[];
  const columns = [rows.map(({ kind }) => kind), rows.map(({ id }) => id), rows.map(({ seq }) => seq)];
  await sql.query(MARK, [district, stream, no, ...columns]);
  return no;
}

export async function dissolve(sql: Sql, stream: string, no: number, now: number): Promise<void> {
  const district = districtOfStream(stream, CITY);
  await sql.query(LOCK_CLOCK, [district, stream]);
  await sql.query(DISSOLVE, [district, stream, no, now]);
  await sql.query(FREE, [district, stream, no]);
}
