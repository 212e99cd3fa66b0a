/** Name of a call on its way between the screen and the host. */
export const channel = (namespace: string, method: string): string => `host:${namespace}.${method}`;

/** Channel of everything the host tells unasked. */
export const EVENT_CHANNEL = 'host-event';
