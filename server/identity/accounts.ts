import type { Sql } from '../sync/commit-clock.ts';
import { hashPassword } from './passwords.ts';

export interface Account {
  readonly account: string;
  readonly districtId: string;
  readonly officerId: string;
}

const PUT = `insert into account (account, district_id, officer_id, password_hash, demo)
  select account, "districtId", "officerId", hash, demo
  from jsonb_to_recordset($1::jsonb) as a (account text, "districtId" text, "officerId" text, hash text, demo boolean)
  on conflict (account) do update set district_id = excluded.district_id, officer_id = excluded.officer_id,
    password_hash = excluded.password_hash, demo = excluded.demo`;

/** Opens accounts with one password, or gives those that are there this password. `demo`: known to everybody. */
export async function putAccounts(
  sql: Sql,
  accounts: readonly Account[],
  { password, demo }: { readonly password: string; readonly demo: boolean },
): Promise<void> {
  const hash = await hashPassword(password);
  await sql.query(PUT, [JSON.stringify(accounts.map((account) => ({ ...account, hash, demo })))]);
}

export async function findAccount(sql: Sql, account: string): Promise<(Account & { readonly passwordHash: string }) | undefined> {
  const { rows } = await sql.query(
    `select account, district_id as "districtId", officer_id as "officerId", password_hash as "passwordHash"
     from account where account = $1`,
    [account],
  );
  return (rows as readonly (Account & { readonly passwordHash: string })[])[0];
}

export async function hasDemoAccounts(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query('select 1 from account where demo limit 1');
  return rows.length > 0;
}
