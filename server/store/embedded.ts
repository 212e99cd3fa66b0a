/**
 * The PostgreSQL that comes with the centre, for a bureau without a database server of its own.
 *
 * Invariants
 * 1. One centre per folder: the folder lock is taken first, so a database found running here is an orphan of a centre that
 *    was killed, and is stopped.
 * 2. The folder is whole or not there: it is made under another name and renamed.
 * 3. It listens on the loopback address only, with a random password kept beside it.
 */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { holdFolder } from './folder-lock.ts';
import { databaseUser, postgresBinaries, run, type UserIds } from './postgres-binaries.ts';
import { reachableFolder, reachablePrograms } from './reachable.ts';

export interface EmbeddedDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

const TRIES = 20;
const TRY_AGAIN_MS = 250;

const INITDB = ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=zh-Hans', '--locale=C.UTF-8', '--auth=scram-sha-256'];

/** Starts the database in `dataDir`, making it the first time. Throws in words when the folder cannot be used. */
export async function startEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  const root = resolve(dataDir);
  mkdirSync(root, { recursive: true });
  const release = await holdFolder(root);
  try {
    const user = await databaseUser();
    const { initdb, pg_ctl: control } = reachablePrograms(await postgresBinaries(), user);
    const { folder, secret } = placesOf(root, user);
    if (!existsSync(folder)) await make(initdb, folder, secret, user);
    await stopOrphan(control, folder, user);
    const port = await freePort();
    const flags = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
    await patiently(() => run(control, ['start', '-w', '-D', folder, '-l', join(folder, 'server.log'), '-o', flags], user));
    return {
      url: urlOf(secret, port),
      async stop() {
        await run(control, ['stop', '-w', '-m', 'fast', '-D', folder], user);
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

const urlOf = (secret: string, port: number): string =>
  `postgres://postgres:${readFileSync(secret, 'utf8').trim()}@127.0.0.1:${port}/postgres`;

function placesOf(root: string, user: UserIds): { readonly folder: string; readonly secret: string } {
  const at = reachableFolder(root, user);
  return { folder: join(at, 'pg'), secret: join(at, 'pg.secret') };
}

/** Address of the database that a centre has running in `dataDir`, or undefined. */
export async function runningEmbedded(dataDir: string): Promise<string | undefined> {
  const { folder, secret } = placesOf(resolve(dataDir), await databaseUser());
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const [pid, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  return whoIs(Number(pid)) === 'postgres' ? urlOf(secret, Number(port)) : undefined;
}

async function make(initdb: string, folder: string, secret: string, user: UserIds): Promise<void> {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(secret, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    chownSync(half, user.uid, user.gid);
    chownSync(secret, user.uid, user.gid);
  }
  await run(initdb, [`--pgdata=${half}`, '--username=postgres', `--pwfile=${secret}`, ...INITDB], user);
  renameSync(half, folder);
}

/** After a crash the last processes of the old database may take a moment to go. */
async function patiently(start: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await start();
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
      await sleep(TRY_AGAIN_MS);
    }
  }
}

async function stopOrphan(control: string, folder: string, user: UserIds): Promise<void> {
  const pidFile = join(folder, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const holder = whoIs(Number(readFileSync(pidFile, 'utf8').split('\n')[0]));
  if (holder === 'postgres') await run(control, ['stop', '-w', '-m', 'fast', '-D', folder], user);
  // A number that another program got since would make the database believe that it runs already.
  if (holder === 'other') rmSync(pidFile, { force: true });
}

function whoIs(pid: number): 'postgres' | 'other' | 'nobody' {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
      ? 'postgres'
      : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM') return 'other';
    if (code === 'ESRCH' || code === 'ENOENT') return 'nobody';
    throw error;
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, refuse) => {
    const probe = createServer();
    probe.once('error', refuse);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
