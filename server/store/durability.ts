import type { Sql } from '../sync/commit-clock.ts';

/** Settings without which an acknowledged mutation may be lost when the power fails. */
const MUST_BE_ON = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;

/** Throws in words when the database would acknowledge what it has not written down. */
export async function mustBeDurable(sql: Sql): Promise<void> {
  const { rows } = await sql.query('select name, setting from pg_settings where name = any($1)', [MUST_BE_ON]);
  const off = (rows as readonly { name: string; setting: string }[]).filter(({ setting }) => setting === 'off');
  if (off.length > 0)
    throw new Error(`the database is not durable: ${off.map(({ name, setting }) => `${name} = ${setting}`).join(', ')}`);
}
