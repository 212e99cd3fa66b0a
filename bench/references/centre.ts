/** The centre of the references: one for each cell, all in memory, and the page beside it. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import type { PlainRow } from '../page/plain-row.ts';
import { readBody, sendJson } from './answer.ts';
import { couchDoor } from './couch-door.ts';
import { Feed } from './feed.ts';
import { plainDoor } from './plain-door.ts';
import { rxDoor } from './rx-door.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

export async function startReferenceCentre(rows: readonly PlainRow[], pages: string) {
  const feed = new Feed(rows);
  const doors = [plainDoor(feed), rxDoor(feed), couchDoor(feed)];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const file = join(pages, url.pathname);
    if (extname(file) in TYPES && existsSync(file)) {
      response.writeHead(200, { 'content-type': TYPES[extname(file)] }).end(readFileSync(file));
      return;
    }
    readBody(request)
      .then((body) => {
        const asked = { method: request.method ?? 'GET', url, body, response };
        return doors.some((answer) => answer(asked)) || sendJson(asked, { reason: 'no such address' }, 404);
      })
      .catch((error: unknown) => {
        console.error(error);
        response.destroy();
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
