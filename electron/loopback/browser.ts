import { spawn } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

export interface Browser {
  /** Resolves when its last window is closed. */
  readonly closed: Promise<void>;
  /** Closes its windows; resolves when they are. */
  close(): Promise<void>;
}

/** Opens the page in a Chromium window of its own, with a profile of its own that keeps the local data. */
export function openBrowser(chromium: string, url: string, profileDir: string): Browser {
  const child = spawn(chromium, browserArgs(url, profileDir, process.getuid?.() === 0), { stdio: 'ignore' });
  const closed = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  return {
    closed,
    close() {
      child.kill('SIGTERM');
      return closed;
    },
  };
}

/** `asRoot`: Chromium refuses to sandbox for root, which only happens in containers. */
export const browserArgs = (url: string, profileDir: string, asRoot: boolean): readonly string[] => [
  `--app=${url}`,
  `--user-data-dir=${profileDir}`,
  '--window-size=1440,900',
  '--lang=zh-CN',
  '--no-first-run',
  '--no-default-browser-check',
  ...(asRoot ? ['--no-sandbox'] : []),
];

/**
 * Ends the window that a killed shell left behind: it holds the profile, so a new window would be handed to it and never be ours.
 * Only for who holds the data folder. Nothing happens when there is none, or where the profile's holder cannot be read (Windows).
 */
export async function endLeftBehind(profileDir: string): Promise<void> {
  const pid = holderOf(profileDir);
  if (pid === undefined) return;
  process.kill(pid, 'SIGTERM');
  for (let tries = 0; tries < 50 && holderOf(profileDir) === pid; tries += 1) await new Promise((done) => setTimeout(done, 100));
  if (holderOf(profileDir) === pid) process.kill(pid, 'SIGKILL');
}

/** The living Chromium of this very profile, by the link `<host>-<pid>` it keeps there. */
function holderOf(profileDir: string): number | undefined {
  try {
    const pid = Number(readlinkSync(join(profileDir, 'SingletonLock')).split('-').at(-1));
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--user-data-dir=${profileDir}`) ? pid : undefined;
  } catch {
    return undefined; // no link, or nobody behind it
  }
}
