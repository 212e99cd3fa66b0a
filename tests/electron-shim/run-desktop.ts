import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';

const ROOT = resolve(import.meta.dirname, '../..');
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** Why the built program cannot be run here, or undefined. */
export const missing = existsSync(CHROMIUM) ? undefined : `no Chromium at ${CHROMIUM}`;

export interface RunningDesktop {
  readonly page: Page;
  readonly origin: string;
  readonly process: ChildProcess;
  /** What the program wrote on standard error. */
  readonly log: () => string;
  stop(): Promise<void>;
  /** Ends program and pages at once, as a power cut would. */
  kill(): Promise<void>;
}

/** Where Chromium can be driven, and its process. */
interface Told {
  readonly origin: string;
  readonly devTools: string;
  readonly pid: number;
}

/** Starts the built program (`npm run build` before) over the system's Chromium; `data` is its folder, kept over restarts. */
export async function runDesktop(data: string, env: Readonly<Record<string, string>> = {}): Promise<RunningDesktop> {
  const child = fork(join(ROOT, 'out/main/index.js'), {
    execArgv: ['--import', join(import.meta.dirname, 'hooks.ts')],
    env: { ...process.env, SHIM_DATA: data, CHROMIUM, ...env },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const { origin, devTools, pid } = await new Promise<Told>((done, failed) => {
    child.once('message', (told) => done(told as Told));
    child.once('exit', (code) => failed(new Error(`the program ended with ${code}:\n${log}`)));
  });
  const browser = await chromium.connectOverCDP(devTools);
  return {
    page: await firstPage(browser, origin),
    origin,
    process: child,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await browser.close();
    },
    async kill() {
      process.kill(pid, 'SIGKILL');
      child.kill('SIGKILL');
      await ended;
      await browser.close();
    },
  };
}

async function firstPage(browser: Browser, origin: string): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('Chromium shows no context');
  const isOurs = (page: Page): boolean => page.url().startsWith(origin);
  for (let tries = 0; tries < 100; tries += 1) {
    const page = context.pages().find(isOurs);
    if (page) {
      await page.waitForLoadState();
      return page;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the program showed no page');
}
