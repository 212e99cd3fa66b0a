import type { Table } from '#shared/schema/table.ts';
import { type AuditTip, EMPTY_TIP } from '../../audit/chain.ts';
import { commitChanges, type Sql } from '../../sync/commit-clock.ts';
import { type StoredDecision, stored } from '../../sync/decision.ts';
import type { Work, WriteTx } from '../centre-store.ts';
import { readerOver } from './reader.ts';
import { rowSql } from './row-sql.ts';
import { historyOver } from './snapshot.ts';

/** Namespace of our advisory locks; the second key is the district. */
const DISTRICT_LOCK = 17_800;

const DECIDED = `select mid, district_id as district, device, n, actor, name, v, encode(payload, 'hex') as payload,
  status, code, detail, conflicts, heads, at, received_at as "receivedAt"
  from sync_mutation where mid = any($1::uuid[])`;

const DECIDE = `insert into sync_mutation (mid, district_id, device, n, actor, name, v, payload, status, code, detail, conflicts, heads,
    at, received_at)
  select mid, district, device, n, actor, name, v, decode(payload, 'hex'), status, code, detail, conflicts, heads, at, "receivedAt"
  from jsonb_to_recordset($1::jsonb) as d (mid uuid, district text, device uuid, n bigint, actor text, name text, v bigint,
    payload text, status text, code text, detail jsonb, conflicts jsonb, heads jsonb, at bigint, "receivedAt" bigint)`;

const TIP = `select no, encode(hash, 'hex') as hash from audit_tip where district_id = $1`;

const AUDIT = `insert into audit (district_id, no, mid, actor, device, name, target, status, code, received_at, args_digest, hash)
  select district, no, mid, actor, device, name, target, status, code, "receivedAt", decode("argsDigest", 'hex'), decode(hash, 'hex')
  from jsonb_to_recordset($1::jsonb) as a (district text, no bigint, mid uuid, actor text, device uuid, name text, target text,
    status text, code text, "receivedAt" bigint, "argsDigest" text, hash text)`;

const MOVE_TIP = `insert into audit_tip (district_id, no, hash) values ($1, $2, decode($3, 'hex'))
  on conflict (district_id) do update set no = excluded.no, hash = excluded.hash`;

/**
 * A READ COMMITTED transaction that holds the district's lock from its first statement to its commit: whatever it reads of
 * the district is the newest, and no two of them wait for each other's rows.
 */
export async function lockDistrict(sql: Sql, district: string): Promise<WriteTx> {
  await sql.query('select pg_advisory_xact_lock($1, $2)', [DISTRICT_LOCK, Number(district)]);
  return {
    ...readerOver(sql),
    ...historyOver(sql, district),
    async decided(mids) {
      const { rows } = await sql.query(DECIDED, [mids]);
      return new Map((rows as readonly StoredDecision[]).map((decision) => [decision.mid, decision]));
    },
    async auditTip() {
      const { rows } = await sql.query(TIP, [district]);
      return (rows as readonly AuditTip[])[0] ?? EMPTY_TIP;
    },
    save: (work) => save(sql, district, work),
  };
}

/** Rows, audit lines, then the commit clock; after it only the decisions, which name its numbers. */
async function save(sql: Sql, district: string, work: Work): Promise<ReadonlyMap<string, number>> {
  await saveRows(sql, district, work);
  const tip = work.audit.at(-1);
  if (tip) {
    await sql.query(AUDIT, [JSON.stringify(work.audit)]);
    await sql.query(MOVE_TIP, [district, tip.no, tip.hash]);
  }
  const heads = await commitChanges(sql, work.changes, work.mark);
  if (work.decisions.length > 0)
    await sql.query(DECIDE, [JSON.stringify(work.decisions.map((decision) => stored(decision, heads)))]);
  return heads;
}

async function saveRows(sql: Sql, district: string, { puts, removes }: Work): Promise<void> {
  for (const [table, rows] of Map.groupBy(puts, (put) => put.table))
    await sql.query(rowSql(table).upsert, [JSON.stringify(rows.map(({ row, ver }) => ({ ...row, ver })))]);
  for (const [table, gone] of Map.groupBy(removes, (remove): Table => remove.table))
    await sql.query(rowSql(table).remove, [district, gone.map(({ id }) => id)]);
}
