/** Ways in which a centre is backed up, and comes back older than it was. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CentreProcess, copyFolder } from './centre-process.ts';

const at = ({ dataDir }: CentreProcess, name: string): string => join(dataDir, name);

/** The folder of the database as a power cut leaves it. */
export async function coldCopy(centre: CentreProcess): Promise<void> {
  await centre.kill('power');
  copyFolder(at(centre, 'pg'), at(centre, 'backup'));
  await centre.start();
}

/** The folder that was copied, in place of that of today; the centre is down. */
export async function putBack(centre: CentreProcess): Promise<void> {
  await centre.kill('power');
  copyFolder(at(centre, 'backup'), at(centre, 'pg'));
}

/** An image of everything: what the centre remembers outside its database is in it. */
export async function copyAll(centre: CentreProcess): Promise<void> {
  await coldCopy(centre);
  copyFileSync(at(centre, 'epoch.json'), at(centre, 'epoch.backup'));
}

/** The image in place of all that is, started: the centre cannot know of it. */
export async function putAllBack(centre: CentreProcess): Promise<void> {
  await putBack(centre);
  copyFileSync(at(centre, 'epoch.backup'), at(centre, 'epoch.json'));
  await centre.start();
}

/** A dump beside the tables, all of one moment. */
export async function dump(centre: CentreProcess): Promise<void> {
  const copies = (await tables(centre)).map((name) => `create table dumped."${name}" as table public."${name}";`);
  await centre.rows(`begin isolation level repeatable read; create schema dumped; ${copies.join(' ')} commit`);
}

/** In one transaction, while the centre runs and workstations push; whoever does that tries until nobody is in the way. */
export async function load(centre: CentreProcess): Promise<void> {
  const names = (await tables(centre)).map((name) => `"${name}"`);
  const inserts = names.map((name) => `insert into public.${name} select * from dumped.${name};`);
  const sql = `begin; truncate ${names.join(', ')}; ${inserts.join(' ')} drop schema dumped cascade; commit`;
  while ((await centre.rows(sql).catch(ifDeadlock)) === 'deadlock');
}

function ifDeadlock(error: unknown): 'deadlock' {
  if ((error as { readonly code?: string }).code !== '40P01') throw error;
  return 'deadlock';
}

const tables = async (centre: CentreProcess): Promise<readonly string[]> =>
  (await centre.rows<{ readonly name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`)).map(
    ({ name }) => name,
  );
