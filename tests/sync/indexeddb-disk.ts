/** A workstation's disk with the product's own databases, over an IndexedDB in memory. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import { tableList } from '#shared/tables/index.ts';
import type { Host } from '#shared/host/contract.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { bytesSealWith } from '../../renderer/store/bytes-seal.ts';
import { dexieOutbox } from '../../renderer/store/dexie-outbox.ts';
import { openLogCache } from '../../renderer/store/log-cache.ts';
import { openDatabases } from '../../renderer/store/opening.ts';
import { sealWith } from '../../renderer/store/seal.ts';
import type { Busy } from './busy.ts';
import { journalFile, type OpenStores, type SimDisk } from './sim-disk.ts';

/** Every call of a store counts as real work. */
const counted = <T extends object>(stores: T, busy: Busy): T =>
  new Proxy(stores, {
    get: (target, name, receiver) => {
      const method = Reflect.get(target, name, receiver) as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => busy.with(method.apply(target, args));
    },
  });

export function indexedDbDisk(busy: Busy): SimDisk {
  const scope = `${randomUUID()}:1`;
  const key = randomBytes(32);
  const marks = new Map<string, string>();
  const marker: Host['marker'] = {
    get: async ({ name }) => marks.get(name) ?? null,
    set: async ({ name, text }) => {
      marks.set(name, text);
      return null;
    },
  };
  const names = new Map<'cache' | 'outbox', string>();
  let open: OpenStores | undefined;

  async function openAll(): Promise<OpenStores> {
    const { cacheDb, outboxDb } = await openDatabases({ marker }, 'outbox', scope, () => undefined);
    names.set('cache', cacheDb.name);
    names.set('outbox', outboxDb.name);
    let closed = false;
    const broken = (what: unknown): void => {
      if (!closed) throw new Error(`the copy found itself broken: ${String(what)}`);
    };
    const cache = await openLogCache({
      db: cacheDb,
      seal: bytesSealWith(key),
      clock: { now: Date.now },
      defect: broken,
      lost: broken,
    });
    return {
      cache: counted(cache, busy),
      outbox: counted(dexieOutbox(outboxDb, sealWith(key)), busy),
      close() {
        closed = true;
        cacheDb.close();
        outboxDb.close();
      },
    };
  }

  const now = (): OpenStores => {
    if (!open) throw new Error('the program does not run');
    return open;
  };

  return {
    ...journalFile(),
    async open() {
      open = await busy.with(openAll());
      return open;
    },
    async wipe(what) {
      for (const [kind, name] of names) if (what === 'both' || what === kind) await busy.with(Dexie.delete(name));
    },
    async view(mids) {
      const { cache, outbox } = now();
      const rows = new Map<string, AnyRow>();
      for (const { name } of tableList) for (const row of await cache.all(name)) rows.set(`${name}/${row.id}`, row);
      const known = new Set<string>();
      for (const mid of mids) if (await outbox.knows(mid)) known.add(mid);
      return {
        rows,
        shadows: new Map((await cache.shadows()).map((shadow) => [`${shadow.table}/${shadow.id}`, shadow])),
        cursors: new Map((await cache.cursors()).map((cursor) => [cursor.stream, cursor])),
        outbox: new Map((await outbox.rows()).map((row) => [row.mid, row])),
        issues: new Map((await outbox.issues()).map((issue) => [issue.mid, issue])),
        knows: (mid) => known.has(mid),
      };
    },
    row: async (table, id) => open?.cache.get(table, id),
  };
}
