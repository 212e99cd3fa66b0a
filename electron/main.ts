import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, net, protocol, session, shell } from 'electron';
import type { TellHostEvent } from '#shared/host/contract.ts';
import { EVENT_CHANNEL } from '#shared/host/channel.ts';
import { sweepTemp } from './capabilities/durable-file.ts';
import { freeSpace, watchFreeSpace } from './capabilities/free-space.ts';
import { journal } from './capabilities/journal.ts';
import { watchNetwork } from './capabilities/network.ts';
import { loadConfig } from './config.ts';
import { desktopHost } from './desktop-host.ts';
import { logHost } from './log.ts';
import { APP_ORIGIN, isFrom } from './origin.ts';
import { declareScheme, serveScheme } from './protocol.ts';
import { registerHost } from './register-host.ts';
import { type Locks, lockContents, lockSession } from './security.ts';
import { startFault } from './start-fault.ts';
import { wallWindows } from './wall-window.ts';
import { focus, openMainWindow } from './window.ts';

/** The desktop shell from start to end: lock everything, open the doors of the contract, show the page. */
async function start(): Promise<void> {
  const startedAt = Date.now();
  const dataDir = app.getPath('userData');
  mkdirSync(dataDir, { recursive: true });
  const config = loadConfig(dataDir);
  const devTools = !app.isPackaged;
  const devUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const origin = devUrl === undefined ? APP_ORIGIN : new URL(devUrl).origin;
  const page = { url: devUrl ?? `${APP_ORIGIN}/`, preload: join(import.meta.dirname, '../preload/index.cjs'), devTools };
  const locks: Locks = {
    origin,
    centreUrl: config.centreUrl,
    openableHosts: config.openableHosts,
    devTools,
    openOutside: (url) => void shell.openExternal(url),
  };
  lockContents(app, locks);
  await app.whenReady();
  await sweepTemp(dataDir);

  if (app.isPackaged) Menu.setApplicationMenu(null);
  lockSession(session.defaultSession, locks);
  serveScheme(protocol, join(import.meta.dirname, '../renderer'), config.centreUrl);
  const lanes = journal(dataDir);
  const home = { dataDir, config, journal: lanes, appVersion: app.getVersion(), startedAt };
  registerHost(ipcMain, (url) => isFrom(origin, url), desktopHost(home, wallWindows(page)));
  watchNetwork(() => net.isOnline(), tellWindows);
  watchFreeSpace(() => freeSpace(dataDir), tellWindows);

  const window = await openMainWindow(page);
  app.on('second-instance', () => focus(window));
  // Walls go with the officer's window.
  window.once('closed', () => app.quit());
  app.once('will-quit', () => void lanes.close());
}

const tellWindows: TellHostEvent = (name, payload) => {
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(EVENT_CHANNEL, name, payload);
};

app.enableSandbox();
declareScheme(protocol);
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    logHost('start failed', { error });
    dialog.showErrorBox('食安督查工作站无法启动', startFault(error));
    app.exit(1);
  });
} else app.quit();
