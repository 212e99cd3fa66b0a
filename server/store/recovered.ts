import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from '../sync/commit-clock.ts';

const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 120_000;

/**
 * A database that is brought back from a backup can be read before it can be written: waits until it is done. Throws in words when
 * that takes too long, as it does at a standby.
 */
export async function mustBeRecovered(sql: Sql, patienceMs = PATIENCE_MS): Promise<void> {
  for (let waited = 0; await isRecovering(sql); waited += LOOK_EVERY_MS) {
    if (waited >= patienceMs) throw new Error('the database can only be read: it is still being recovered, or a standby');
    await pause(LOOK_EVERY_MS);
  }
}

async function isRecovering(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query('select pg_is_in_recovery() as recovering');
  return (rows as readonly { readonly recovering: boolean }[])[0]?.recovering === true;
}
