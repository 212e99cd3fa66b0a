import type { Dexie } from 'dexie';
import type { AnyRow } from '#shared/schema/table.ts';
import { tableList, tableOfName } from '#shared/tables/index.ts';
import type { CacheStore, CursorRow, Shadow } from '../sync/ports.ts';
import type { StoredShadow } from './databases.ts';
import type { Seal } from './seal.ts';
import { openRow, type StoredRow, storeRow } from './stored-row.ts';
import { watched } from './watched.ts';

/** Writing 5,000 rows on a slow office disk takes seconds; silence beyond this is no longer work. */
const LONG_MS = 60_000;

/** The copy in IndexedDB. */
export function dexieCache(db: Dexie, seal: Seal): CacheStore {
  const rows = (name: string) => db.table<StoredRow, string>(name);
  const shadows = db.table<StoredShadow, [string, string]>('_shadow');
  const cursors = db.table<CursorRow, string>('_cursor');
  const open = (stored: StoredRow | undefined): AnyRow | undefined => stored && openRow(stored, seal);

  const closeShadow = (shadow: Shadow): StoredShadow => {
    const table = tableOfName.get(shadow.table);
    return { ...shadow, row: shadow.row && table ? storeRow(table, shadow.row, seal) : null };
  };

  return {
    get: (table, id) => watched(async () => open(await rows(table).get(id))),
    many: (table, ids) => watched(async () => (await rows(table).bulkGet([...ids])).map(open), LONG_MS),
    all: (table) => watched(async () => (await rows(table).toArray()).map((stored) => openRow(stored, seal)), LONG_MS),
    shadows: () =>
      watched(async () =>
        (await shadows.toArray()).map((shadow): Shadow => ({ ...shadow, row: shadow.row ? openRow(shadow.row, seal) : null })),
      ),
    cursors: () => watched(() => cursors.toArray()),

    async apply({ puts, removes, shadowPuts, shadowRemoves, cursor }) {
      const sealed = [...puts].flatMap(([name, list]) => {
        const table = tableOfName.get(name);
        return table ? [{ name, rows: list.map((row) => storeRow(table, row, seal)) }] : [];
      });
      const touched = [...new Set([...puts.keys(), ...removes.keys()]), '_shadow', '_cursor'];
      await watched(
        () =>
          db.transaction('rw', touched, async () => {
            for (const { name, rows: list } of sealed) await rows(name).bulkPut(list);
            for (const [name, ids] of removes) await rows(name).bulkDelete([...ids]);
            if (shadowPuts.length > 0) await shadows.bulkPut(shadowPuts.map(closeShadow));
            if (shadowRemoves.length > 0) await shadows.bulkDelete(shadowRemoves.map(({ table, id }) => [table, id]));
            if (cursor) await cursors.put(cursor);
          }),
        LONG_MS,
      );
    },

    async dropStream(stream) {
      const removed = new Map<string, readonly string[]>();
      await watched(
        () =>
          db.transaction('rw', [...tableList.map(({ name }) => name), '_shadow', '_cursor'], async () => {
            for (const { name } of tableList) {
              const ids = await rows(name).where('$stream').equals(stream).primaryKeys();
              await rows(name).bulkDelete(ids);
              if (ids.length > 0) removed.set(name, ids);
            }
            await shadows.filter(({ row }) => row?.$stream === stream).delete();
            await cursors.delete(stream);
          }),
        LONG_MS,
      );
      return removed;
    },
  };
}
