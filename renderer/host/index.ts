import type { Host, HostEventName, HostEvents } from '#shared/host/contract.ts';
import { browserHost, listenToShell } from './browser-host.ts';
import { electronHost, type OpenHost, type WorkstationBridge } from './electron-host.ts';

declare global {
  interface Window {
    /** Present in the desktop shell only. */
    readonly workstation?: WorkstationBridge;
  }
}

let opened: OpenHost | undefined;

function open(): OpenHost {
  if (opened === undefined) {
    if (window.workstation) opened = electronHost(window.workstation);
    else {
      opened = browserHost();
      listenToShell(opened.events);
    }
  }
  return opened;
}

/** The desktop behind this page, whichever shell it is. Calls refuse by throwing a `Fault`. */
export const getHost = async (): Promise<Host> => open().host;

/** Hears one kind of event of the desktop; returns how to stop. */
export const onHostEvent = <E extends HostEventName>(name: E, listener: (payload: HostEvents[E]) => void): (() => void) =>
  open().events.on(name, listener);
