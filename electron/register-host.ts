import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { Fault } from '#shared/errors.ts';
import { channel } from '#shared/host/channel.ts';
import { eachCall, type Host } from '#shared/host/contract.ts';
import { refusal } from '#shared/host/envelope.ts';
import { dispatch } from './dispatch.ts';
import { logHost } from './log.ts';

/**
 * Opens every call of the contract to our own page and nobody else.
 * `hostFor` gives the implementation for the window that asks (printing needs to know which).
 */
export function registerHost(
  ipcMain: Pick<IpcMain, 'handle'>,
  isOurs: (url: string) => boolean,
  hostFor: (sender: WebContents) => Host,
): void {
  eachCall((namespace, method) => {
    ipcMain.handle(channel(namespace, method), async (event, args: unknown) => {
      if (!fromOurPage(event, isOurs)) {
        logHost('call from a foreign frame', { call: `${namespace}.${method}` });
        return refusal(new Fault('hostRefused', 'only the workstation page may call', { reason: 'foreignFrame' }));
      }
      return dispatch(hostFor(event.sender), `${namespace}.${method}`, args);
    });
  });
}

/** The top frame of a window of ours; a frame that has gone meanwhile (null) is not. */
const fromOurPage = ({ senderFrame }: IpcMainInvokeEvent, isOurs: (url: string) => boolean): boolean =>
  senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);
