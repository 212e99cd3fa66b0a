import type { OutboxDatabase } from './databases.ts';
import type { Seal } from './seal.ts';
import { watched } from './watched.ts';

/** Half-typed work, sealed, kept until it is sent or dropped. */
export function drafts(db: OutboxDatabase, seal: Seal) {
  return {
    save: (key: string, value: unknown) =>
      watched(async () => void (await db.draft.put({ key, sealed: seal.seal(JSON.stringify(value)), savedAt: Date.now() }))),
    read: (key: string) =>
      watched(async () => {
        const kept = await db.draft.get(key);
        return kept ? { value: JSON.parse(seal.open(kept.sealed)) as unknown, savedAt: kept.savedAt } : null;
      }),
    drop: (key: string) => watched(() => db.draft.delete(key)),
  };
}
