import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Fault } from '#shared/errors.ts';
import type { TellHostEvent } from '#shared/host/contract.ts';
import { errorCode } from '../capabilities/io-fault.ts';
import { sweepTemp } from '../capabilities/durable-file.ts';
import { freeSpace, watchFreeSpace } from '../capabilities/free-space.ts';
import { journal } from '../capabilities/journal.ts';
import { hasAddress, watchNetwork } from '../capabilities/network.ts';
import { loadConfig } from '../config.ts';
import { logHost } from '../log.ts';
import { serveRenderer } from '../serve-renderer.ts';
import { admission } from './admission.ts';
import { type Browser, endLeftBehind, openBrowser } from './browser.ts';
import { holdDataDir } from './data-lock.ts';
import { eventDoor } from './events.ts';
import { forwardTo } from './forward.ts';
import { httpShell } from './http-shell.ts';
import { loopbackHost } from './loopback-host.ts';

/** IndexedDB belongs to an origin including its port: another port would be another, empty workstation. */
export const DEFAULT_PORT = 17_820;

export interface LoopbackOptions {
  /** 0 lets the system choose, for tests only. */
  readonly port?: number;
  readonly dataDir: string;
  readonly rendererDir: string;
  /** A server that builds the page as it is asked for, in place of `rendererDir`; for work on the screens. */
  readonly pageOrigin?: string;
  /** Wins over config.json. */
  readonly centreUrl?: string;
  /** Where saved documents go; `exports` in the data folder unless told. */
  readonly documentsDir?: string;
  readonly appVersion?: string;
  /** Path of a Chromium to open a window with. */
  readonly open?: string;
  readonly profileDir?: string;
}

export interface Loopback {
  /** Opens one window, once. */
  readonly url: string;
  readonly origin: string;
  readonly browser: Browser | undefined;
  readonly tell: TellHostEvent;
  /** Another single-use address, for another window. */
  newTicket(): string;
  close(): Promise<void>;
}

/** The shell without Electron: the same page and the same capabilities for a Chromium window, on this computer only. */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { dataDir, rendererDir, pageOrigin } = options;
  if (pageOrigin === undefined && !existsSync(join(rendererDir, 'index.html')))
    throw new Fault('hostRefused', 'the page is not built', { reason: 'notBuilt' });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const release = await holdDataDir(dataDir);
  const server = createServer();
  try {
    return await serve(server, options, release);
  } catch (error) {
    server.close();
    await release();
    throw error;
  }
}

async function serve(server: Server, options: LoopbackOptions, release: () => Promise<void>): Promise<Loopback> {
  const { dataDir, rendererDir, pageOrigin } = options;
  const config = loadConfig(dataDir, options.centreUrl === undefined ? process.env : { CENTRE_URL: options.centreUrl });
  await sweepTemp(dataDir);
  const port = await listen(server, options.port ?? DEFAULT_PORT);
  const origin = `http://127.0.0.1:${port}`;
  const admit = admission(port);
  const lanes = journal(dataDir);
  const home = { dataDir, config, journal: lanes, appVersion: options.appVersion ?? '0.0.0', startedAt: Date.now() };
  const host = loopbackHost(home, options.documentsDir ?? join(dataDir, 'exports'));
  const page =
    pageOrigin === undefined ? serveRenderer({ rendererDir, origin, centreUrl: config.centreUrl }) : forwardTo(pageOrigin);
  const answer = httpShell({ origin, admit, host, page });
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A page that went away mid-answer is no defect.
      if (!response.destroyed) logHost('request failed', { error });
      response.destroy();
    });
  });
  const events = eventDoor(server, admit);
  const stopWatching = [watchNetwork(hasAddress, events.tell), watchFreeSpace(() => freeSpace(dataDir), events.tell)];

  const newTicket = (): string => `${origin}/__open?ticket=${admit.tickets.issue()}`;
  const url = newTicket();
  const profileDir = options.profileDir ?? join(dataDir, 'profile');
  await endLeftBehind(profileDir);
  const browser = options.open === undefined ? undefined : openBrowser(options.open, url, profileDir);
  return {
    url,
    origin,
    browser,
    tell: events.tell,
    newTicket,
    async close() {
      await browser?.close();
      for (const stop of stopWatching) stop();
      events.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await lanes.close();
      await release();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((done, refused) => {
    server.once('error', (error) =>
      refused(
        errorCode(error) === 'EADDRINUSE'
          ? new Fault('hostRefused', `port ${port} is taken`, { reason: 'portTaken', port })
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', done);
  });
  return (server.address() as AddressInfo).port;
}
