/**
 * Migrations: plain SQL files, applied once each, in the order of their numbers, and never changed afterwards.
 * There is no way down: an older server refuses a database that a newer one has migrated.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sql } from '../sync/commit-clock.ts';
import type { Database } from './pg/pool.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

const FOLDER = join(import.meta.dirname, 'migrations');
const MIGRATION_LOCK = 17_801;
const TABLE = `create table if not exists schema_migration (
  name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`;

export const migrationFiles = (): Migration[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(join(FOLDER, name), 'utf8') }));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Applies what is missing, all or nothing. Throws in words when the database is not one of this server's past. */
export async function migrate(database: Database, files: readonly Migration[] = migrationFiles()): Promise<void> {
  await database.transaction('read committed', async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await sql.query(TABLE);
    for (const { name, sql: text } of await pending(sql, files)) {
      await sql.query(text);
      await sql.query('insert into schema_migration (name, sha256) values ($1, $2)', [name, sha256(text)]);
    }
  });
}

/** Migrations the database does not have yet. */
export async function pending(sql: Sql, files: readonly Migration[] = migrationFiles()): Promise<readonly Migration[]> {
  const { rows } = await sql.query('select name, sha256 from schema_migration');
  const applied = new Map((rows as readonly { name: string; sha256: string }[]).map((row) => [row.name, row.sha256]));
  const unknown = [...applied.keys()].filter((name) => !files.some((file) => file.name === name));
  if (unknown.length > 0) throw new Error(`the database was migrated by a newer server: ${unknown.join(', ')}`);
  const changed = files.filter(({ name, sql: text }) => applied.has(name) && applied.get(name) !== sha256(text));
  if (changed.length > 0) throw new Error(`changed after it was applied: ${changed.map(({ name }) => name).join(', ')}`);
  return files.filter(({ name }) => !applied.has(name));
}
