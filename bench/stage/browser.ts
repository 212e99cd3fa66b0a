import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { browserCpuMs } from './browser-cpu.ts';

const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** A workstation's home: the browser's profile on disk, as IndexedDB lies nowhere else truly, and the shell's data. */
export interface Home {
  readonly profile: string;
  readonly data: string;
}

/** A home of its own while `work` runs. */
export async function inNewHome<T>(work: (home: Home) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await work({ profile: join(folder, 'profile'), data: join(folder, 'data') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A page of a browser that was started anew on this profile; it may ask `cpuMs()`. `anyCentre`: not only the one its policy names. */
export async function inBrowser<T>({ profile }: Home, work: (page: Page) => Promise<T>, anyCentre = false): Promise<T> {
  const browser: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    args: ARGS,
    bypassCSP: anyCentre,
    locale: 'zh-CN',
    viewport: { width: 1366, height: 768 },
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (message) => {
      // Answers that say no are for those who asked.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) console.error(message.text());
    });
    await page.exposeFunction('cpuMs', () => browserCpuMs(profile));
    return await work(page);
  } finally {
    await browser.close();
  }
}
