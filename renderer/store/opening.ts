import type { Host } from '#shared/host/contract.ts';
import { cacheDatabase, cacheName, dropOldCaches, type OutboxDatabase, outboxDatabase } from './databases.ts';
import { watched } from './watched.ts';

const OPEN_MS = 30_000;

/** Both databases of an officer, open. `closed` hears when the browser closes one of them by itself: nothing may be written then. */
export async function openDatabases(officerId: string, closed: () => void) {
  await dropOldCaches(officerId);
  const cacheDb = cacheDatabase(cacheName(officerId));
  const outboxDb = outboxDatabase(officerId);
  for (const db of [cacheDb, outboxDb]) {
    db.on('close', closed);
    await watched(() => db.open(), OPEN_MS);
  }
  return { cacheDb, outboxDb };
}

/**
 * Had this officer databases here that are gone? The mark stands outside IndexedDB, because IndexedDB can come up empty
 * without an error; afterwards both hold the same mark again.
 */
export async function vanished(host: Pick<Host, 'marker'>, outboxDb: OutboxDatabase, officerId: string): Promise<boolean> {
  const name = `generation:${officerId.toLowerCase().replaceAll(/[^a-z0-9:-]/g, '-')}`.slice(0, 80);
  const outside = await host.marker.get({ name });
  const inside = (await outboxDb.meta.get('generation'))?.value;
  if (outside !== null && outside === inside) return false;
  const generation = crypto.randomUUID();
  await outboxDb.meta.put({ key: 'generation', value: generation });
  await host.marker.set({ name, text: generation });
  return outside !== null;
}
