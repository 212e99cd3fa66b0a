import { spawn } from 'node:child_process';

export interface Browser {
  /** Resolves when its last window is closed. */
  readonly closed: Promise<void>;
}

/** Opens the page in a Chromium window of its own, with a profile of its own that keeps the local data. */
export function openBrowser(chromium: string, url: string, profileDir: string): Browser {
  const child = spawn(chromium, browserArgs(url, profileDir, process.getuid?.() === 0), { stdio: 'ignore' });
  return {
    closed: new Promise((done) => {
      child.once('exit', () => done());
      child.once('error', () => done());
    }),
  };
}

/** `asRoot`: Chromium refuses to sandbox for root, which only happens in containers. */
export const browserArgs = (url: string, profileDir: string, asRoot: boolean): readonly string[] => [
  `--app=${url}`,
  `--user-data-dir=${profileDir}`,
  '--lang=zh-CN',
  '--disable-features=Translate',
  '--no-first-run',
  '--no-default-browser-check',
  ...(asRoot ? ['--no-sandbox'] : []),
];
