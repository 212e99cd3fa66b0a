import { events, type HostEventName, type HostEvents } from '#shared/host/contract.ts';

type Listener<E extends HostEventName> = (payload: HostEvents[E]) => void;

/** Hands each event of the host to those who asked for it; anything that does not fit the contract is dropped. */
export interface EventHub {
  on<E extends HostEventName>(name: E, listener: Listener<E>): () => void;
  hear(name: string, payload: unknown): void;
}

export function eventHub(): EventHub {
  const target = new EventTarget();
  return {
    on(name, listener) {
      const heard = (event: Event): void => listener((event as CustomEvent<HostEvents[typeof name]>).detail);
      target.addEventListener(name, heard);
      return () => target.removeEventListener(name, heard);
    },
    hear(name, payload) {
      if (!Object.hasOwn(events, name)) return;
      const fits = events[name as HostEventName].safeParse(payload);
      if (fits.success) target.dispatchEvent(new CustomEvent(name, { detail: fits.data }));
    },
  };
}
