import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { openEnvelope } from '#shared/host/envelope.ts';
import { openFrame, packFrame, type TextCodec } from '#shared/host/frame.ts';
import type { OpenHost } from './electron-host.ts';
import { type EventHub, eventHub } from './event-hub.ts';
import { hostOver } from './host-over.ts';

const RECONNECT_MS = 3000;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const codec: TextCodec = { encode: (text) => new TextEncoder().encode(text), decode: (bytes) => strict.decode(bytes) };

/** The loopback shell, over HTTP to the very origin the page came from; `send` is `fetch`. */
export function browserHost(send: typeof fetch = (...request) => fetch(...request)): OpenHost {
  const asked = hostOver((namespace, method, args) => ask(send, `${namespace}.${method}`, args));
  return { host: withPage(asked), events: eventHub() };
}

/** Listens for events as long as the page lives; a shell that was restarted is asked again until it answers. */
export function listenToShell(events: EventHub): void {
  const socket = new WebSocket(`ws://${location.host}/__host/events`);
  socket.addEventListener('message', ({ data }) => {
    const { name, payload } = JSON.parse(String(data)) as { readonly name: string; readonly payload: unknown };
    events.hear(name, payload);
  });
  socket.addEventListener('close', () => setTimeout(() => listenToShell(events), RECONNECT_MS));
}

async function ask(send: typeof fetch, call: string, args: unknown): Promise<unknown> {
  let answer: Response;
  try {
    answer = await send('/__host/call', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-workstation': '1' },
      body: packFrame(args === undefined ? { call } : { call, args }, codec),
    });
  } catch {
    throw new Fault('storageBroken', 'the workstation process does not answer', { reason: 'hostGone' });
  }
  if (answer.status !== 200 && answer.status !== 413) {
    // 401: the shell was started anew and this window still holds the old pass.
    throw new Fault('hostRefused', 'the workstation process refused this window', { status: answer.status });
  }
  return openEnvelope(openFrame(new Uint8Array(await answer.arrayBuffer()), codec));
}

/** What the loopback shell leaves to the page: its own print dialog and the browser's notifications. */
function withPage(host: Host): Host {
  return {
    ...host,
    print: {
      async page() {
        const answer = await host.print.page();
        if (answer.by === 'desktop') return answer;
        window.print();
        return { by: 'renderer', printed: true };
      },
    },
    notifications: {
      async show(note) {
        const answer = await host.notifications.show(note);
        if (answer.by === 'renderer' && Notification.permission === 'granted')
          void new Notification(note.title, { body: note.body });
        return answer;
      },
    },
  };
}
