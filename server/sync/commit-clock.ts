/**
 * The commit clock: one integer per stream, taken from a counter row that is updated last in the writing transaction.
 *
 * Invariants
 * 1. Number k + 1 cannot be given out before k is visible: the row lock of `sync_head` is held until commit.
 * 2. No gaps in the counter: a rollback gives its numbers back.
 * 3. No deadlock among clocks: heads are locked last, and several of them in text order.
 * 4. Each row stands in the feed once, at its newest number (`sync_row`), and changed it is in no segment any more.
 */

/** One connection inside an open READ COMMITTED transaction. */
export interface Sql {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** A row that the transaction changed: put, or gone from the stream (to another one, where it moved). */
export interface Change {
  readonly stream: string;
  /** District of the row and of the stream: no transaction works in two. */
  readonly districtId: string;
  readonly kind: number;
  readonly id: string;
  readonly deleted: boolean;
  readonly movedTo: string | null;
}

const HEAD = `
  insert into sync_head (stream, district_id, seq, mark) values ($1, $2, $3, $4)
  on conflict (district_id, stream) do update set seq = sync_head.seq + $3, mark = excluded.mark
  returning seq`;

const ROWS = `
  insert into sync_row (stream, kind, district_id, id, seq, deleted, moved_to)
  select $1, kind, $2, id, $3::bigint + ord, deleted, moved_to
  from unnest($4::smallint[], $5::text[], $6::boolean[], $7::text[]) with ordinality as c (kind, id, deleted, moved_to, ord)
  on conflict (district_id, stream, kind, id)
  do update set seq = excluded.seq, deleted = excluded.deleted, moved_to = excluded.moved_to, seg = null`;

const COMMIT = 'insert into sync_commit (district_id, stream, seq_to, mark) values ($1, $2, $3, $4)';

/** The last change of each row, in the order of first touch. */
function newest(changes: readonly Change[]): Map<string, Map<string, Change>> {
  const streams = new Map<string, Map<string, Change>>();
  for (const change of changes) {
    const rows = streams.get(change.stream) ?? new Map<string, Change>();
    streams.set(change.stream, rows.set(`${change.kind}/${change.id}`, change));
  }
  return streams;
}

/**
 * Last step of a writing transaction: gives its changes their numbers.
 * `mark`: 8 random bytes naming this commit, by which a restored server is recognised.
 * Answers stream → number of the last change there.
 */
export async function commitChanges(
  sql: Sql,
  changes: readonly Change[],
  mark: Uint8Array,
): Promise<ReadonlyMap<string, number>> {
  const heads = new Map<string, number>();
  const streams = newest(changes);
  for (const stream of [...streams.keys()].toSorted()) {
    const rows = [...(streams.get(stream)?.values() ?? [])];
    const districtId = rows[0]?.districtId ?? '';
    const head = await sql.query(HEAD, [stream, districtId, rows.length, mark]);
    const seq = Number((head.rows[0] as { readonly seq: string }).seq);
    await sql.query(ROWS, [
      stream,
      districtId,
      seq - rows.length,
      rows.map((row) => row.kind),
      rows.map((row) => row.id),
      rows.map((row) => row.deleted),
      rows.map((row) => row.movedTo),
    ]);
    await sql.query(COMMIT, [districtId, stream, seq, mark]);
    heads.set(stream, seq);
  }
  return heads;
}
