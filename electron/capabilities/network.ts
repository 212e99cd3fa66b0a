import { networkInterfaces } from 'node:os';
import type { TellHostEvent } from '#shared/host/contract.ts';

/** Whether any interface but the loopback one has an address. */
export const hasAddress = (): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal));

/** Tells the screen when the network comes or goes. Returns how to stop. */
export function watchNetwork(isOnline: () => boolean, tell: TellHostEvent, everyMs = 3000): () => void {
  let last = isOnline();
  const timer = setInterval(() => {
    const online = isOnline();
    if (online !== last) tell('network.changed', { online });
    last = online;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
