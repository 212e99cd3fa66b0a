import type { PlainRow } from '../page/plain-row.ts';
import { type Answering, sendJson } from './answer.ts';
import type { Feed } from './feed.ts';

/** What every page asks, and how the plain design pushes: rows as they should be, answered with their numbers. */
export const plainDoor =
  (feed: Feed): Answering =>
  (asked) => {
    const { url, body, response } = asked;
    switch (url.pathname) {
      case '/rows':
        return sendJson(asked, feed.all());
      case '/taken':
        return sendJson(asked, feed.taken);
      case '/push': {
        const { waiting } = body as { readonly waiting: readonly { readonly row: PlainRow }[] };
        return sendJson(
          asked,
          feed.write(
            waiting.map(({ row }) => row),
            false,
          ),
        );
      }
      case '/change': {
        const row = feed.get((body as { readonly id: string }).id);
        if (!row) return sendJson(asked, { reason: 'no such row' }, 404);
        const ver = row.ver + 1;
        feed.write([{ ...row, ver }], true);
        return sendJson(asked, { ver });
      }
      case '/events': {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(': listening\n\n');
        const stop = feed.listen((rows) => response.write(`data: ${JSON.stringify(rows)}\n\n`));
        response.on('close', stop);
        return true;
      }
      default:
        return false;
    }
  };
