import { mkdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type BrowserContext, chromium, type Frame, type Page } from '@playwright/test';
import { type FakeWindow, fakeElectron } from './fake-electron.ts';

/**
 * Electron for the built desktop program where there is no Electron: its windows are pages of the system's Chromium.
 * Chromium cannot go to `app://workstation`, so the handler of that scheme answers behind a local port; the program never
 * sees that port, every address is translated on its way in. The preload runs in the page with a `require` that knows
 * `electron` alone, as in the sandbox.
 * Given by environment: SHIM_DATA (folder), SHIM_PORT, CHROMIUM. It tells its parent where Chromium can be driven,
 * and hears from it `{ online }`, whether the computer has a network.
 */
const APP = 'app://workstation';
const data = process.env['SHIM_DATA'] ?? '';
const profile = join(data, 'profile');
mkdirSync(profile, { recursive: true });

const { electron, asked, calls, schemes } = fakeElectron({
  userData: join(data, 'user'),
  packaged: process.env['SHIM_PACKAGED'] !== '0',
  open: openPage,
  quit: () => void stop(),
});

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
await new Promise<void>((done) => server.listen(Number(process.env['SHIM_PORT'] ?? 0), '127.0.0.1', done));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const asProgramSees = (url: string): string => (url.startsWith(origin) ? APP + url.slice(origin.length) : url);

const opened: BrowserContext = await chromium.launchPersistentContext(profile, {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--remote-debugging-port=0', '--lang=zh-CN'],
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: { width: 1440, height: 900 },
});
const [port = ''] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
process.send?.({ origin, devTools: `http://127.0.0.1:${port}`, pid });

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answered = await schemes.get('app')?.(requestOf(request));
  // The policy speaks of the origin the program knows; `'self'` is this one.
  response.writeHead(answered?.status ?? 404, Object.fromEntries(answered?.headers ?? []));
  if (answered?.body) await pipeline(answered.body, response);
  else response.end();
}

function requestOf({ url, headers }: IncomingMessage): Request {
  return new Request(APP + url, { headers: headers.range === undefined ? {} : { range: headers.range } });
}

process.on('message', ({ online }: { readonly online: boolean }) => {
  electron.net.isOnline = () => online;
});

async function stop(): Promise<void> {
  electron.app.emit('will-quit');
  await opened.close();
  server.close();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());

async function openPage(window: FakeWindow, url: string): Promise<void> {
  const page = opened.pages().find((one) => one.url() === 'about:blank') ?? (await opened.newPage());
  const preload = readFileSync(String(window.options.webPreferences?.preload), 'utf8');
  await page.exposeBinding('workstationInvoke', ({ frame }, channel: string, args: unknown) =>
    invoke(window, frame, channel, args),
  );
  await page.addInitScript(preloadScript(preload));
  await filterRequests(page);
  window.webContents.on('sent-to-page', (...message: unknown[]) => {
    // A page that is gone hears nothing.
    void page.evaluate((told) => (window as unknown as ShimmedWindow).workstationHear(told), message).catch(() => undefined);
  });
  page.once('close', () => window.emit('closed'));
  await page.goto(url.replace(APP, origin));
}

interface ShimmedWindow {
  workstationHear(message: readonly unknown[]): void;
}

async function invoke({ webContents }: FakeWindow, frame: Frame, channel: string, args: unknown): Promise<unknown> {
  const handler = calls.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const senderFrame = { url: asProgramSees(frame.url()), parent: frame.parentFrame() };
  return handler({ sender: webContents, senderFrame } as never, args ?? undefined);
}

type Filter = (request: { readonly url: string }, answer: (verdict: { readonly cancel: boolean }) => void) => void;

/** What the program's own filter blocks does not leave the page. */
async function filterRequests(page: Page): Promise<void> {
  const filter = asked.get('session.onBeforeRequest')?.[0]?.[0] as Filter;
  await page.route('**/*', (route) => {
    filter({ url: asProgramSees(route.request().url()) }, ({ cancel }) => void (cancel ? route.abort() : route.continue()));
  });
}

const preloadScript = (source: string): string => `(() => {
  if (window !== window.top) return;
  const listeners = new Map();
  Object.defineProperty(window, 'workstationHear', { value: ([channel, ...rest]) => listeners.get(channel)?.forEach((one) => one({}, ...rest)) });
  const invoke = window.workstationInvoke;
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: Object.freeze(value) }) },
    ipcRenderer: {
      invoke: (channel, args) => invoke(channel, args),
      on: (channel, one) => void (listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel)).add(one),
      off: (channel, one) => void listeners.get(channel)?.delete(one),
    },
  };
  const require = (name) => {
    if (name === 'electron') return electron;
    throw new Error('a sandboxed preload cannot require ' + name);
  };
  (function (require) {${source}\n})(require);
})();`;

export const { app, BrowserWindow, dialog, ipcMain, Menu, net, Notification, protocol, safeStorage, screen, session, shell } =
  electron;
