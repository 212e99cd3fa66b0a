import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Child {
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop and waits until it has; after fifteen seconds it is not asked any more. */
  stop(): Promise<void>;
}

interface Settings {
  readonly env?: NodeJS.ProcessEnv;
  /** Keeps the terminal's Ctrl-C from it, so that it is stopped in order, after what needs it. */
  readonly apart?: boolean;
}

/** Runs one of our scripts on this Node. It cannot outlive us: see tether.ts. */
export function runScript(script: string, args: readonly string[], { env = process.env, apart = false }: Settings = {}): Child {
  const tether = join(ROOT, 'scripts/run/tether.ts');
  return childOf(
    spawn(process.execPath, ['--import', tether, join(ROOT, script), ...args], {
      cwd: ROOT,
      env,
      stdio: [apart ? 'ignore' : 'inherit', 'inherit', 'inherit', 'ipc'],
      detached: apart && process.platform !== 'win32',
    }),
  );
}

export function childOf(child: ChildProcess): Child {
  const ended = new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code));
    child.once('error', () => done(1));
  });
  return {
    ended,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
