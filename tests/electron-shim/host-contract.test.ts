import { vi } from 'vitest';
import { WebSocket } from 'ws';
import { EVENT_CHANNEL } from '#shared/host/channel.ts';
import { openEnvelope } from '#shared/host/envelope.ts';
import type { Loopback } from '../../electron/loopback/start.ts';
import { browserHost, listenToShell } from '../../renderer/host/browser-host.ts';
import { electronHost } from '../../renderer/host/electron-host.ts';
import { runHostContract } from './host-contract.ts';
import { callFrame, openLoopback, openedFrame, passOf, send } from './loopback.ts';
import { bridgeOf, startDesktop } from './start-desktop.ts';
import { tempFolder } from './temp-folder.ts';

runHostContract('loopback', async () => {
  const shell = await openLoopback();
  const first = await pageOf(shell);
  return {
    ...first,
    tell: shell.tell as (name: string, payload: unknown) => void,
    async restarted() {
      await shell.close();
      return (await pageOf(await openLoopback(shell.folder))).host;
    },
  };
});

runHostContract('desktop', async () => {
  const userData = await tempFolder();
  const desktop = await startDesktop({ userData });
  const bridge = await bridgeOf(desktop);
  return {
    ...electronHost(bridge),
    anyCall: async (namespace, method, args) => openEnvelope(await bridge.call(namespace, method, args)),
    tell: (name, payload) => desktop.windows[0]?.webContents.send(EVENT_CHANNEL, name, payload),
    async restarted() {
      desktop.electron.app.emit('will-quit');
      return electronHost(await bridgeOf(await startDesktop({ userData }))).host;
    },
  };
});

/** A page in front of the loopback shell, with real requests and a real socket. */
async function pageOf(shell: Loopback) {
  const pass = await passOf({ origin: shell.origin, url: shell.newTicket() });
  const opened = browserHost((path, init) => fetch(new URL(path as string, shell.origin), { ...init, headers: pass }));
  await new Promise<void>((connected) => {
    const Socket = class extends WebSocket {
      constructor(address: string) {
        super(address, { headers: pass });
        this.on('open', connected);
        this.on('error', () => undefined); // the page tries again; these tests end before
      }
    };
    vi.stubGlobal('location', new URL(shell.origin));
    vi.stubGlobal('WebSocket', Socket);
    listenToShell(opened.events);
  });
  const anyCall = async (namespace: string, method: string, args?: unknown): Promise<unknown> => {
    const body = callFrame({ call: `${namespace}.${method}`, args });
    return openEnvelope(openedFrame(await send(shell.origin, '/__host/call', { method: 'POST', headers: pass, body })));
  };
  return { ...opened, anyCall };
}
