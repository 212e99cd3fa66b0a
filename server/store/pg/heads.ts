import type { Sql } from '../../sync/commit-clock.ts';

const HEADS = 'select stream, max(seq) as seq from sync_head group by stream';

/** Every stream's head, as the database has it now. */
export async function readHeads(sql: Sql): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql.query(HEADS);
  return new Map((rows as readonly { readonly stream: string; readonly seq: number }[]).map(({ stream, seq }) => [stream, seq]));
}
