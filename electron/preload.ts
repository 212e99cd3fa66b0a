import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { channel, EVENT_CHANNEL } from '#shared/host/channel.ts';

/** All that the page can see of the desktop: ask a call of the contract by name, and hear its events. */
const workstation = {
  call: (namespace: string, method: string, args: unknown): Promise<unknown> =>
    ipcRenderer.invoke(channel(namespace, method), args),
  onEvent(listener: (name: string, payload: unknown) => void): () => void {
    // Electron's event object would hand the page a way to the raw channel; it stays here.
    const heard = (_event: IpcRendererEvent, name: string, payload: unknown): void => listener(name, payload);
    ipcRenderer.on(EVENT_CHANNEL, heard);
    return () => void ipcRenderer.off(EVENT_CHANNEL, heard);
  },
};

contextBridge.exposeInMainWorld('workstation', workstation);
