import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../server/store/migrate.ts';
import { openDatabase } from '../../server/store/pg/pool.ts';
import { databaseUser, postgresBinaries, run } from '../../server/store/postgres-binaries.ts';
import { reachablePrograms } from '../../server/store/reachable.ts';

export interface Cluster {
  readonly url: string;
  /** A new database with all migrations applied; answers its address. Costs a file copy. */
  newDatabase(): Promise<string>;
  /** A new database in which nothing is. */
  emptyDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of its own in a new folder, one per test file; nothing outlives `stop`. Not durable unless asked: a server
 * started as an administrator does refuses one that is not.
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), 'pg-'));
  chmodSync(dir, 0o755);
  const user = await databaseUser();
  const { initdb, pg_ctl: control } = reachablePrograms(await postgresBinaries(), user);
  const [data, secret] = [join(dir, 'data'), join(dir, 'secret')];
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(secret, 'test\n');
  if (user.uid !== undefined && user.gid !== undefined) chownSync(data, user.uid, user.gid);
  const init = ['--encoding=UTF8', '--locale=C.UTF-8', '--no-sync', '--auth=scram-sha-256', '--username=postgres'];
  await run(initdb, [`--pgdata=${data}`, `--pwfile=${secret}`, ...init], user);
  const port = await freePort();
  const flags = `-p ${port} -c fsync=${durable ? 'on' : 'off'} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200`;
  await run(control, ['start', '-w', '-D', data, '-l', join(data, 'server.log'), '-o', flags], user);
  const urlOf = (database: string): string => `postgres://postgres:test@127.0.0.1:${port}/${database}`;
  const template = once(async () => {
    await statement(urlOf('postgres'), 'create database template_migrated');
    const database = openDatabase(urlOf('template_migrated'), { max: 1 });
    await migrate(database);
    await database.close();
  });
  let made = 0;
  const create = async (from: string): Promise<string> => {
    const name = `test_${++made}`;
    await statement(urlOf('postgres'), `create database ${name} template ${from}`);
    return urlOf(name);
  };
  return {
    url: urlOf('postgres'),
    async newDatabase() {
      await template();
      return create('template_migrated');
    },
    emptyDatabase: () => create('template0'),
    async stop() {
      await run(control, ['stop', '-w', '-m', 'fast', '-D', data], user);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function statement(url: string, text: string): Promise<void> {
  const database = openDatabase(url, { max: 1 });
  await database.sql.query(text);
  await database.close();
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
