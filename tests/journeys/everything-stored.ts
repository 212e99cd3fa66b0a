/* oxlint-disable unicorn/consistent-function-scoping -- what runs in the page goes there alone */
import type { Page } from '@playwright/test';

/** Every value of every database of this origin, bytes also read as text. */
export const everythingStored = (window: Page): Promise<string> =>
  window.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((done, failed) => {
        request.addEventListener('success', () => done(request.result));
        request.addEventListener('error', () => failed(request.error ?? new Error('refused')));
      });
    const readable = (_key: string, value: unknown): unknown =>
      value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    const told: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await answer(indexedDB.open(name ?? ''));
      for (const store of db.objectStoreNames)
        told.push(JSON.stringify(await answer(db.transaction(store).objectStore(store).getAll()), readable));
      db.close();
    }
    return told.join('\n');
  });
