import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startFault } from '../start-fault.ts';
import { findBrowser, hasDisplay } from './find-browser.ts';
import { readSettings } from './settings.ts';
import { type Loopback, startLoopback } from './start.ts';

/**
 * Starts the workstation without Electron: `node electron/loopback/main.ts`.
 * WORKSTATION_PORT, WORKSTATION_DATA, CENTRE_URL and CHROMIUM set port, data folder, centre and browser.
 */
const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

async function main(): Promise<void> {
  const downloads = join(homedir(), 'Downloads');
  const browser = hasDisplay() ? findBrowser() : undefined;
  const shell = await startLoopback({
    ...readSettings(process.env),
    rendererDir: join(root, 'out/renderer'),
    appVersion: version,
    ...(existsSync(downloads) ? { documentsDir: downloads } : {}),
    ...(browser === undefined ? {} : { open: browser }),
  });
  const stop = (): void => void shell.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (shell.browser) void shell.browser.closed.then(stop);
  else printAddress(shell);
}

/** Nowhere to open a window: whoever sits at this computer opens it; each address is good once, Enter asks for another. */
function printAddress(shell: Loopback): void {
  say(shell.url);
  createInterface({ input: process.stdin }).on('line', () => say(shell.newTicket()));
}

function say(url: string): void {
  const chinese = '请在本机浏览器中打开（一次有效，按回车键换新地址）';
  process.stdout.write(`${chinese} / open on this computer (good once, Enter for another):\n    ${url}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFault(error)}\n`);
  process.exitCode = 1;
});
