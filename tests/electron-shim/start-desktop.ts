import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import type { WorkstationBridge } from '../../renderer/host/electron-host.ts';
import { type FakeWindow, fakeElectron } from './fake-electron.ts';
import { tempFolder } from './temp-folder.ts';

export type Desktop = ReturnType<typeof fakeElectron>;
type Options = Parameters<typeof fakeElectron>[0];

/** Runs the real `electron/main.ts` over the faked Electron, until it shows a window or has given up. */
export async function startDesktop(given: Partial<Options> = {}): Promise<Desktop> {
  vi.resetModules();
  const desktop = fakeElectron({ userData: given.userData ?? (await tempFolder()), ...given });
  vi.doMock('electron', () => desktop.electron);
  await import('../../electron/main.ts');
  await vi.waitUntil(() => isShown(desktop) || desktop.asked.has('app.quit') || desktop.asked.has('app.exit'));
  return desktop;
}

const isShown = ({ windows }: Desktop): boolean => (windows[0]?.shown.length ?? 0) > 0;

/** Runs the real preload for the officer's window: what its page would find as `window.workstation`. Values cross as copies, as they do in Electron. */
export async function bridgeOf(desktop: Desktop): Promise<WorkstationBridge> {
  const { webContents } = desktop.windows[0] as FakeWindow;
  const exposed = new Map<string, unknown>();
  const event = { sender: webContents, senderFrame: { url: 'app://workstation/', parent: null } };
  const ipcRenderer = Object.assign(new EventEmitter(), {
    async invoke(channel: string, args: unknown): Promise<unknown> {
      const handler = desktop.calls.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      return structuredClone(await handler(event as never, structuredClone(args)));
    },
  });
  webContents.on('sent-to-page', (channel: string, ...message: unknown[]) =>
    ipcRenderer.emit(channel, {}, ...structuredClone(message)),
  );
  const contextBridge = { exposeInMainWorld: (name: string, value: unknown) => void exposed.set(name, Object.freeze(value)) };
  vi.doMock('electron', () => ({ contextBridge, ipcRenderer }));
  await import('../../electron/preload.ts');
  return exposed.get('workstation') as WorkstationBridge;
}
