import type { Dexie } from 'dexie';
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { cacheDatabase, cacheName, dropOldCaches, type OutboxDatabase, outboxDatabase } from './databases.ts';
import { hexOf } from './hex.ts';
import { openSomewhere, type Place } from './storage-place.ts';
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

/** `taken`: another program wants it in another shape. `lost`: the browser closed it, as it does on a full disk. */
export type Closed = 'taken' | 'lost';

/** Both databases of an officer, open. `closed` hears when one of them was closed under us: nothing may be written then. */
export async function openDatabases(host: Pick<Host, 'marker'>, lane: string, scope: string, closed: (how: Closed) => void) {
  const { opened, place, movedFrom } = await openSomewhere(host, lane, async ({ idb }) => {
    const databases = { cacheDb: cacheDatabase(cacheName(scope), idb), outboxDb: outboxDatabase(scope, idb) };
    try {
      for (const db of Object.values(databases)) await openOne(db);
    } catch (error) {
      for (const db of Object.values(databases)) db.close();
      throw error;
    }
    return databases;
  });
  for (const db of Object.values(opened)) hearClosed(db, closed);
  return { ...opened, place, movedFrom };
}

async function openOne(db: Dexie): Promise<void> {
  const held = new Promise<never>((_resolve, refuse) => {
    db.on('blocked', () => refuse(new Fault('storageSlow', 'another window holds the local database', { reason: 'blocked' })));
  });
  await watched(() => Promise.race([db.open(), held]), OPEN_MS);
}

function hearClosed(db: Dexie, closed: (how: Closed) => void): void {
  // Dexie's own event tells of what we close, too; and it would open the database again by itself, on the full disk.
  db.backendDB().addEventListener('close', () => {
    db.close();
    closed('lost');
  });
  // Another program wants this database in another shape, or gone: ours must let go.
  db.on('versionchange', () => {
    db.close();
    closed('taken');
  });
}

/** Gives room back; a copy that another window still holds goes the next time. */
export const dropOld = (officerId: string, current: string, { idb }: Place): Promise<void> =>
  watched(() => dropOldCaches(officerId, current, idb), OPEN_MS);

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
