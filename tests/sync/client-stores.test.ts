import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { bytesSealWith } from '../../renderer/store/bytes-seal.ts';
import { type CacheDatabase, cacheDatabase, cacheName, outboxDatabase } from '../../renderer/store/databases.ts';
import { dexieOutbox } from '../../renderer/store/dexie-outbox.ts';
import { openLogCache } from '../../renderer/store/log-cache.ts';
import { sealWith } from '../../renderer/store/seal.ts';
import { runClientStoreContract, type StoresOnDisk } from '../support/client-store-contract.ts';
import { emptyDisk, memoryCache, memoryOutbox } from '../support/memory-client.ts';

describe('in memory', () => {
  runClientStoreContract('memory', async () => {
    const disk = emptyDisk();
    const open = async (): Promise<StoresOnDisk> => ({ cache: memoryCache(disk), outbox: memoryOutbox(disk), reopen: open });
    return open();
  });
});

interface OnIndexedDb extends StoresOnDisk {
  readonly db: CacheDatabase;
  readonly defects: readonly unknown[];
  reopen(): Promise<OnIndexedDb>;
}

async function onIndexedDb(officerId: string, key: Uint8Array): Promise<OnIndexedDb> {
  const [db, outboxDb] = [cacheDatabase(cacheName(officerId)), outboxDatabase(officerId)];
  const defects: unknown[] = [];
  const defect = (error: unknown): void => void defects.push(error);
  return {
    db,
    defects,
    cache: await openLogCache({ db, seal: bytesSealWith(key), clock: { now: () => Date.now() }, defect, lost: () => undefined }),
    outbox: dexieOutbox(outboxDb, sealWith(key)),
    reopen: async () => {
      db.close();
      outboxDb.close();
      return onIndexedDb(officerId, key);
    },
  };
}

describe('in IndexedDB', () => {
  runClientStoreContract('IndexedDB', () => onIndexedDb(randomUUID(), randomBytes(32)));
});
