import type { PlainRow } from '../page/plain-row.ts';
import { type Answering, type Asked, sendJson } from './answer.ts';
import type { Feed } from './feed.ts';

const POLL_MS = 20_000;

/** Generation and hashes, the newest first. */
type Revs = readonly [generation: number, hashes: readonly string[]];

type Doc = Readonly<Record<string, unknown>> & {
  readonly _id: string;
  readonly _revisions: { readonly start: number; readonly ids: readonly string[] };
};

/** Follows from the row, so that nothing need be kept of rows that nobody wrote here. */
const hashOf = (id: string, ver: number): string =>
  `${ver.toString(16)}${Buffer.from(id).toString('hex')}`.padEnd(32, '0').slice(0, 32);

/** As much of CouchDB as PouchDB's replication asks for. */
export function couchDoor(feed: Feed): Answering {
  /** Revisions of what was written through this door. */
  const written = new Map<string, { readonly ver: number; readonly revs: Revs }>();
  const local = new Map<string, object>();

  function revsOf({ id, ver }: PlainRow): Revs {
    const known = written.get(id);
    if (!known) return [ver, [ver, ...(ver > 1 ? [ver - 1] : [])].map((one) => hashOf(id, one))];
    const [generation, hashes] = known.revs;
    return known.ver === ver ? known.revs : [generation + 1, [hashOf(id, ver), ...hashes]];
  }

  const revOf = (row: PlainRow): string => {
    const [generation, [newest]] = revsOf(row);
    return `${generation}-${newest}`;
  };

  function docOf(row: PlainRow): object {
    const { id, ...columns } = row;
    const [start, ids] = revsOf(row);
    return { _id: id, _rev: revOf(row), _revisions: { start, ids }, ...columns };
  }

  function changes(asked: Asked): true {
    const { url, response } = asked;
    const since = Number(url.searchParams.get('since') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? Number.MAX_SAFE_INTEGER);
    const send = (): true => {
      const rows = feed.since(since, limit);
      const results = rows.map((row) => ({ seq: row.seq, id: row.id, changes: [{ rev: revOf(row) }] }));
      return sendJson(asked, { results, last_seq: rows.at(-1)?.seq ?? since, pending: 0 });
    };
    if (url.searchParams.get('feed') !== 'longpoll' || feed.since(since, 1).length > 0) return send();
    const answer = (): void => {
      clearTimeout(timer);
      stop();
      if (!response.destroyed) send();
    };
    const stop = feed.listen(answer);
    const timer = setTimeout(answer, POLL_MS);
    response.on('close', () => {
      clearTimeout(timer);
      stop();
    });
    return true;
  }

  function bulkGet(asked: Asked): true {
    const { docs } = asked.body as { readonly docs: readonly { readonly id: string }[] };
    const results = docs.map(({ id }) => {
      const row = feed.get(id);
      return { id, docs: row ? [{ ok: docOf(row) }] : [] };
    });
    return sendJson(asked, { results });
  }

  function revsDiff(asked: Asked): true {
    const offered = Object.entries(asked.body as Readonly<Record<string, readonly string[]>>);
    const missing = offered.flatMap(([id, revs]) => {
      const row = feed.get(id);
      const [generation, hashes] = row ? revsOf(row) : ([0, []] as const);
      const here = new Set(hashes.map((hash, back) => `${generation - back}-${hash}`));
      const lacking = revs.filter((rev) => !here.has(rev));
      return lacking.length > 0 ? [[id, { missing: lacking }] as const] : [];
    });
    return sendJson(asked, Object.fromEntries(missing));
  }

  function bulkDocs(asked: Asked): true {
    const { docs } = asked.body as { readonly docs: readonly Doc[] };
    const rows = docs.map(({ _id, _rev, _revisions, ...columns }) => {
      const row = { ...columns, id: _id } as unknown as PlainRow;
      written.set(_id, { ver: row.ver, revs: [_revisions.start, _revisions.ids] });
      return row;
    });
    feed.write(rows, true);
    return sendJson(asked, [], 201);
  }

  function checkpoint(asked: Asked, key: string): true {
    const { method, body } = asked;
    if (method === 'PUT') {
      const { _id: id } = body as { readonly _id: string };
      const rev = `0-${local.size + 1}`;
      local.set(key, { ...(body as object), _rev: rev });
      return sendJson(asked, { ok: true, id, rev }, 201);
    }
    const doc = local.get(key);
    return doc ? sendJson(asked, doc) : sendJson(asked, { error: 'not_found', reason: 'missing' }, 404);
  }

  return (asked) => {
    const { pathname } = asked.url;
    if (pathname !== '/db' && !pathname.startsWith('/db/')) return false;
    const path = pathname.slice('/db'.length);
    if (path === '/_changes') return changes(asked);
    if (path === '/_bulk_get') return bulkGet(asked);
    if (path === '/_revs_diff') return revsDiff(asked);
    if (path === '/_bulk_docs') return bulkDocs(asked);
    if (path.startsWith('/_local/')) return checkpoint(asked, path);
    return sendJson(asked, { db_name: 'db', update_seq: feed.seq, doc_count: feed.size, instance_start_time: '0' });
  };
}
