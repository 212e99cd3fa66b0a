import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../server/config.ts';
import { type OpenCentre, openCentre } from '../../server/open-centre.ts';
import { loadCity } from '../../server/seed/load.ts';
import type { Size } from '../../server/seed/plan.ts';
import { openDatabase } from '../../server/store/pg/pool.ts';
import type { Cluster } from '../../tests/pg/cluster.ts';

/** A database with its files at which nobody is, so that it can be copied. */
export interface Kept {
  readonly databaseUrl: string;
  readonly files: string;
}

const tell = (error: unknown): void => console.error(error);

/** The centre in this very process, without its HTTP side. */
export async function atCentre<T>({ databaseUrl, files }: Kept, work: (open: OpenCentre) => Promise<T>): Promise<T> {
  const config = readConfig({ DATABASE_URL: databaseUrl, DATA_DIR: join(files, 'maker'), FILES_DIR: files });
  const open = await openCentre(config, { defect: tell, lost: tell });
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}

/** The demonstration city, packed. */
export async function seed(cluster: Cluster, size: Size, files: string): Promise<Kept> {
  const kept = { databaseUrl: await cluster.newDatabase(), files };
  await atCentre(kept, ({ centre, database }) => loadCity(centre, database.sql, size, Date.now()));
  await settle(kept);
  return kept;
}

/** As a database stands that has had its quiet hour: nothing of it is tidied amid what is measured. */
export async function settle({ databaseUrl }: Kept): Promise<void> {
  const database = openDatabase(databaseUrl, { max: 1 });
  await database.sql.query('vacuum analyze');
  await database.sql.query('checkpoint');
  await database.close();
}

let copies = 0;

export async function copyOf(cluster: Cluster, { databaseUrl, files }: Kept, to: string): Promise<Kept> {
  const name = `copy_${++copies}`;
  const database = openDatabase(cluster.url, { max: 1 });
  await database.sql.query(`create database ${name} template ${new URL(databaseUrl).pathname.slice(1)} strategy file_copy`);
  await database.close();
  cpSync(files, to, { recursive: true, filter: (path) => path !== join(files, 'maker') });
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return { databaseUrl: url.href, files: to };
}

export async function drop(cluster: Cluster, { databaseUrl }: Kept): Promise<void> {
  const database = openDatabase(cluster.url, { max: 1 });
  await database.sql.query(`drop database ${new URL(databaseUrl).pathname.slice(1)} with (force)`);
  await database.close();
}
