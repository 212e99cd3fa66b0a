import type { Host } from '#shared/host/contract.ts';
import { openEnvelope } from '#shared/host/envelope.ts';
import { type EventHub, eventHub } from './event-hub.ts';
import { hostOver } from './host-over.ts';

/** What the preload script puts on the window; see electron/preload.ts. */
export interface WorkstationBridge {
  call(namespace: string, method: string, args: unknown): Promise<unknown>;
  onEvent(listener: (name: string, payload: unknown) => void): () => void;
}

export interface OpenHost {
  readonly host: Host;
  readonly events: EventHub;
}

/** The desktop shell, through its bridge. */
export function electronHost(bridge: WorkstationBridge): OpenHost {
  const events = eventHub();
  bridge.onEvent((name, payload) => events.hear(name, payload));
  return { host: hostOver(async (namespace, method, args) => openEnvelope(await bridge.call(namespace, method, args))), events };
}
