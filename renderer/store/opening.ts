import type { Host } from '#shared/host/contract.ts';
import { cacheDatabase, cacheName, dropOldCaches, type OutboxDatabase, outboxDatabase } from './databases.ts';
import { hexOf } from './hex.ts';
import { watched } from './watched.ts';

const OPEN_MS = 30_000;

/**
 * Names one officer's databases under one data key. When the vault was lost and another key drawn, what the old key sealed is
 * not opened with the new one: it stays beside it, untouched.
 */
export async function scopeOf(officerId: string, dataKey: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', dataKey.slice());
  return `${officerId}:${hexOf(new Uint8Array(hash).subarray(0, 4))}`;
}

/** Both databases of an officer, open. `closed` hears when the browser closes one of them by itself: nothing may be written then. */
export async function openDatabases(scope: string, closed: () => void) {
  const cacheDb = cacheDatabase(cacheName(scope));
  const outboxDb = outboxDatabase(scope);
  for (const db of [cacheDb, outboxDb]) {
    db.on('close', closed);
    await watched(() => db.open(), OPEN_MS);
  }
  return { cacheDb, outboxDb };
}

/** Gives room back; a copy that another window still holds goes the next time. */
export const dropOld = (officerId: string, current: string): Promise<void> =>
  watched(() => dropOldCaches(officerId, current), OPEN_MS);

/**
 * Had this officer databases here that are gone? The mark stands outside IndexedDB, because IndexedDB can come up empty
 * without an error; afterwards both hold the same mark again.
 */
export async function vanished(host: Pick<Host, 'marker'>, outboxDb: OutboxDatabase, lane: string): Promise<boolean> {
  const name = `generation:${lane}`;
  const outside = await host.marker.get({ name });
  const inside = (await outboxDb.meta.get('generation'))?.value;
  if (outside !== null && outside === inside) return false;
  const generation = crypto.randomUUID();
  await outboxDb.meta.put({ key: 'generation', value: generation });
  await host.marker.set({ name, text: generation });
  return outside !== null;
}
