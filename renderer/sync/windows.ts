/**
 * The windows a worker serves. Calls of the host go through one of them, because only a window reaches the desktop;
 * a window holds a Web Lock of its own name as long as it lives, so that its death is noticed however it died.
 */
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { hostOver } from '../host/host-over.ts';
import { type Handle, type Line, lineOver } from './rpc.ts';

export interface Windows {
  add(port: MessagePort): void;
  tellAll(name: string, value: unknown): void;
  /** The desktop, through whichever window is there. */
  readonly host: Host;
}

const goneFault = (): Fault =>
  new Fault('storageBroken', 'the window that reached the desktop was closed', { reason: 'windowGone' });

export function windows(handle: Handle, joined: (line: Line) => void): Windows {
  const lines = new Map<string, Line>();

  async function askHost(namespace: string, method: string, args: unknown): Promise<unknown> {
    const line = [...lines.values()].at(-1);
    if (!line) throw goneFault();
    return line.ask('host', namespace, method, args);
  }

  return {
    add(port) {
      const line: Line = lineOver(
        port,
        async (call, args) => {
          if (call !== 'join') return handle(call, args);
          const [name] = args;
          if (typeof name !== 'string') throw new Fault('hostRefused', 'a window without a name');
          lines.set(name, line);
          void navigator.locks.request(name, () => {
            lines.delete(name);
            line.breakOff(goneFault());
          });
          joined(line);
          return null;
        },
        () => undefined,
      );
    },
    tellAll(name, value) {
      for (const line of lines.values()) line.tell(name, value);
    },
    host: hostOver(askHost),
  };
}
