import { Fault } from '#shared/errors.ts';
import type { Sql } from '../sync/commit-clock.ts';

const FAILURES = 5;
const LOCK_MS = 15 * 60 * 1000;

const FAILED = `insert into sign_in_failure as f (account, failures, last_at, locked_until) values ($1, 1, $2, 0)
  on conflict (account) do update set
    failures = case when f.last_at < $2 - $3::bigint then 1 else f.failures + 1 end,
    last_at = $2,
    locked_until = case when f.last_at >= $2 - $3::bigint and f.failures + 1 >= $4 then $2 + $3::bigint else 0 end`;

/** Refuses an account that failed five times within a quarter of an hour, for a quarter of an hour. */
export async function mustNotBeLocked(sql: Sql, account: string, now: number): Promise<void> {
  const { rows } = await sql.query('select locked_until as until from sign_in_failure where account = $1', [account]);
  const [failure] = rows as readonly { readonly until: number }[];
  if (failure && failure.until > now) throw new Fault('accountLocked', 'too many wrong passwords', { until: failure.until });
}

export async function noteFailure(sql: Sql, account: string, now: number): Promise<void> {
  await sql.query('delete from sign_in_failure where last_at < $1 and locked_until < $1', [now - LOCK_MS]);
  await sql.query(FAILED, [account, now, LOCK_MS, FAILURES]);
}

export async function forgetFailures(sql: Sql, account: string): Promise<void> {
  await sql.query('delete from sign_in_failure where account = $1', [account]);
}
