import type { PlainRow } from '../page/plain-row.ts';
import { type Answering, sendJson } from './answer.ts';
import type { Feed } from './feed.ts';

interface Written {
  readonly newDocumentState: PlainRow;
  readonly assumedMasterState?: PlainRow;
}

/** As RxDB's replication asks. */
export const rxDoor =
  (feed: Feed): Answering =>
  (asked) => {
    const { url, body } = asked;
    if (url.pathname === '/rx/pull') {
      const seq = Number(url.searchParams.get('seq'));
      const rows = feed.since(seq, Number(url.searchParams.get('limit')));
      const documents = rows.map((row) => ({ ...row, _deleted: false }));
      return sendJson(asked, { documents, checkpoint: { seq: rows.at(-1)?.seq ?? seq } });
    }
    if (url.pathname !== '/rx/push') return false;
    const conflicts: unknown[] = [];
    for (const { newDocumentState, assumedMasterState } of body as readonly Written[]) {
      const { _deleted, ...row } = newDocumentState;
      const standing = feed.get(row.id);
      if (standing && standing.ver !== assumedMasterState?.ver) conflicts.push({ ...standing, _deleted: false });
      else feed.write([row], false);
    }
    return sendJson(asked, conflicts);
  };
