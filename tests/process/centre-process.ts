/** The centre in a process of its own, on its own durable PostgreSQL, to be killed and started again. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { FileStore } from '../../server/files/file-store.ts';
import { runningEmbedded } from '../../server/store/embedded.ts';
import type { Size } from '../../server/seed/plan.ts';
import { endProgram, type Started, startProgram } from '../server/started-centre.ts';

export interface CentreProcess {
  readonly dataDir: string;
  /** Where it keeps the bytes with this hash. */
  fileOf(sha256: string): string;
  /** Where it listens; undefined while it does not run. */
  address(): string | undefined;
  start(): Promise<void>;
  /** `program`: the centre alone is killed and leaves its database running. `power`: the database with it. */
  kill(what: 'program' | 'power'): Promise<void>;
  stop(): Promise<void>;
  /** What the database holds, asked past the centre's own code; the database must run. `int8` comes as text. */
  rows<R extends object>(sql: string, values?: readonly unknown[]): Promise<readonly R[]>;
  /** `node server/admin.ts …`; answers what it said. */
  admin(args: readonly string[], input?: string): string;
  /** Ends it, whatever it does, and takes everything away. */
  close(): Promise<void>;
}

/** A centre with the demonstration city, started; `settings` as in server/config.ts. */
export async function startSeededCentre(size: Size, settings: Readonly<Record<string, string>> = {}): Promise<CentreProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), 'centre-'));
  // The database's own user must be able to enter.
  chmodSync(dataDir, 0o755);
  const env = { ...process.env, DATA_DIR: dataDir };
  const run = (script: string, args: readonly string[], input = ''): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { env, input, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${script} ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  run('scripts/seed.ts', [`--size=${size}`]);
  let running: Started | undefined;

  const centre: CentreProcess = {
    dataDir,
    fileOf: (sha256) => new FileStore(join(dataDir, 'files')).path(sha256),
    address: () => running?.address,
    async start() {
      const started = await startProgram(dataDir, settings);
      if (started.address === undefined) throw new Error(`the centre did not start: ${started.complaint}`);
      running = started;
    },
    async kill(what) {
      const database = what === 'power' ? processesOf(join(dataDir, 'pg')) : [];
      const leaving = running;
      running = undefined;
      for (const pid of database) killHard(pid);
      if (leaving) await endProgram(leaving.child, 'SIGKILL');
      while (database.some((pid) => parentOf(pid) !== undefined)) await pause(5);
    },
    async stop() {
      const leaving = running;
      running = undefined;
      if (leaving) await endProgram(leaving.child, 'SIGTERM');
    },
    async rows<R extends object>(sql: string, values: readonly unknown[] = []) {
      const client = new Client(await runningEmbedded(dataDir));
      await client.connect();
      try {
        return (await client.query<R>(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    admin: (args, input) => run('server/admin.ts', args, input),
    async close() {
      await centre.kill('power');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await centre.start();
  return centre;
}

/** A copy of a folder in place of another, owners and all, as a backup keeps it. */
export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** A file in the database's folder, its owner's as all others there. */
export function putFile(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  const { uid, gid } = statSync(folder);
  writeFileSync(path, text, { mode: 0o600 });
  chownSync(path, uid, gid);
}

/** The postmaster of a data folder and everything it started. */
function processesOf(folder: string): number[] {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return [];
  const [pid] = readFileSync(file, 'utf8').split('\n').map(Number);
  const children = readdirSync('/proc')
    .map(Number)
    .filter((one) => parentOf(one) === pid);
  return pid === undefined ? [] : [pid, ...children];
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // One that just ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Undefined for what does not run: nobody, or a dead one nobody has asked after yet. */
function parentOf(pid: number): number | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return state === 'Z' ? undefined : Number(parent);
  } catch {
    return undefined; // no process, or gone meanwhile
  }
}
