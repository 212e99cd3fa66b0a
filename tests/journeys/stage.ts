/**
 * Everything a journey plays on, all real: a centre in its own process on its own database, and workstations, each the
 * loopback shell with a Chromium whose profile lies on disk. Any of them can be killed and opened again.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, expect, type Page, test } from '@playwright/test';
import { Client } from 'pg';
import { type Loopback, startLoopback } from '../../electron/loopback/start.ts';
import { DEMO_PASSWORD } from '../../server/seed/demo-accounts.ts';
import type { Size } from '../../server/seed/plan.ts';

export const PASSWORD = DEMO_PASSWORD;
const ROOT = join(import.meta.dirname, '../..');
const FIRST_PORT = 17_870;
const CENTRE_PORT = 17_860;
const STATIONS = 3;
const ACTION_MS = 20_000;

export interface Centre {
  readonly url: string;
  /** What its database holds, asked past the centre's own code; the centre must run. `int8` comes as text. */
  rows<R extends object>(sql: string, values?: readonly unknown[]): Promise<readonly R[]>;
  start(): Promise<void>;
  /** `SIGTERM` drains; `SIGKILL` is the power cut. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface Station {
  /** The browser's own folder; it may be touched while the station is killed. */
  readonly profile: string;
  page(): Page;
  /** Kills the browser as a power cut would, shell included; nothing is asked, nothing is flushed. */
  kill(): Promise<void>;
  open(): Promise<Page>;
  /** A second window on the same workstation. */
  newWindow(): Promise<Page>;
  close(): Promise<void>;
}

/** A folder that the database's own user may enter, too. */
export function sharedFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  return folder;
}

/** The centre of one journey file, seeded, started; `settings` are read at each start. */
export async function startCentre(
  size: Size,
  settings: Readonly<Record<string, string>> = {},
): Promise<Centre & { close(): Promise<void> }> {
  const dataDir = sharedFolder('centre-');
  const origins = Array.from({ length: STATIONS }, (_, place) => `http://127.0.0.1:${FIRST_PORT + place}`).join(',');
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(CENTRE_PORT), ORIGINS: origins, LOG_LEVEL: 'warn' };
  const seeded = spawnSync(process.execPath, ['scripts/seed.ts', `--size=${size}`], { cwd: ROOT, env, encoding: 'utf8' });
  if (seeded.status !== 0) throw new Error(seeded.stderr);
  let child: ChildProcess | undefined;
  const url = `http://127.0.0.1:${CENTRE_PORT}`;

  const centre: Centre = {
    url,
    async rows<R extends object>(sql: string, values: readonly unknown[] = []) {
      const client = new Client(databaseIn(dataDir));
      await client.connect();
      try {
        return (await client.query<R>(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    async start() {
      if (await answers(`${url}/healthz`)) throw new Error(`another centre listens at ${url}`);
      child = spawn(process.execPath, ['server/main.ts'], {
        cwd: ROOT,
        env: { ...env, ...settings },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      await expect.poll(() => answers(`${url}/healthz`), { timeout: 30_000 }).toBe(true);
    },
    async stop(signal = 'SIGTERM') {
      const leaving = child;
      child = undefined;
      if (!leaving || leaving.exitCode !== null) return;
      const gone = new Promise((done) => leaving.once('exit', done));
      leaving.kill(signal);
      await gone;
    },
  };
  await centre.start();
  return {
    ...centre,
    async close() {
      // Opened once more if need be, so that it takes its database down with it.
      if (!child) await centre.start();
      await centre.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Where the embedded database of a centre listens, as its own files say. */
function databaseIn(dataDir: string): string {
  const port = readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n')[3];
  const secret = readFileSync(join(dataDir, 'pg.secret'), 'utf8').trim();
  return `postgres://postgres:${secret}@127.0.0.1:${port}/postgres`;
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** Workstation number `place` (0, 1, …) of the journey; all it keeps lies in `home`. */
export async function openStation(place: number, centreUrl: string, home = sharedFolder('station-')): Promise<Station> {
  const profile = join(home, 'profile');
  let shell: Loopback | undefined;
  let browser: BrowserContext | undefined;
  let page: Page | undefined;

  async function open(): Promise<Page> {
    shell = await startLoopback({
      port: FIRST_PORT + place,
      dataDir: join(home, 'data'),
      rendererDir: join(ROOT, 'out/renderer'),
      centreUrl,
      appVersion: '0.1.0',
    });
    const { launchOptions, viewport, locale, timezoneId } = test.info().project.use;
    browser = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      ...(viewport ? { viewport } : {}),
      ...(locale ? { locale } : {}),
      ...(timezoneId ? { timezoneId } : {}),
    });
    page = await newPage();
    return page;
  }

  async function newPage(): Promise<Page> {
    if (!shell || !browser) throw new Error('the workstation is not open');
    const window = await browser.newPage();
    window.setDefaultTimeout(ACTION_MS);
    watch(window);
    await window.goto(shell.newTicket());
    return window;
  }

  const station: Station = {
    profile,
    page() {
      if (!page) throw new Error('the workstation is not open');
      return page;
    },
    open,
    newWindow: newPage,
    async kill() {
      for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL');
      await browser?.close().catch(() => undefined); // it is dead already; this only tells Playwright so
      await shell?.close();
      browser = undefined;
    },
    async close() {
      await browser?.close();
      await shell?.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
  await open();
  return station;
}

/** What the page complains of fails the journey: a broken content policy, an exception nobody caught. */
function watch(page: Page): void {
  page.on('pageerror', (error) => expect.soft(String(error.stack), 'an exception nobody caught').toBe(''));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) expect.soft(message.text(), 'content policy').toBe('');
  });
}

function processesOf(profile: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile) ? [Number(pid)] : [];
    } catch {
      return []; // gone between listing and reading
    }
  });
}

/** Signs in and waits until the officer's work is on the screen. */
export async function signIn(page: Page, account: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await expect(page.getByRole('heading', { name: '今日工作' })).toBeVisible({ timeout: 60_000 });
}

/** A picture to be looked at, kept under `test-results/pictures`. */
export const picture = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(ROOT, 'test-results/pictures', `${name}.png`) });
