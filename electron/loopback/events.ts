import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { TellHostEvent } from '#shared/host/contract.ts';
import type { Admission } from './admission.ts';

const PATH = '/__host/events';

export interface EventDoor {
  readonly tell: TellHostEvent;
  close(): void;
}

/** Sends host events to every open page; pages send nothing here, whatever one sends closes it. */
export function eventDoor(server: Server, admit: Admission): EventDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url !== PATH || !admit.isOurHost(request) || !admit.isSignedIn(request) || !admit.isOurPage(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client: WebSocket) => {
      client.on('error', () => client.terminate());
      client.on('message', () => client.close(1008));
      sockets.emit('connection', client, request);
    });
  });
  return {
    tell(name, payload) {
      const text = JSON.stringify({ name, payload });
      for (const client of sockets.clients) client.send(text);
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
