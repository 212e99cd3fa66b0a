import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tables } from '#shared/tables/index.ts';
import { cacheDatabase, cacheName, outboxDatabase } from '../../renderer/store/databases.ts';
import { dexieCache } from '../../renderer/store/dexie-cache.ts';
import { dexieOutbox } from '../../renderer/store/dexie-outbox.ts';
import { type Seal, sealWith } from '../../renderer/store/seal.ts';
import { openRow, storeRow } from '../../renderer/store/stored-row.ts';
import { runClientStoreContract, type StoresOnDisk } from '../support/client-store-contract.ts';
import { emptyDisk, memoryCache, memoryOutbox } from '../support/memory-client.ts';

describe('in memory', () => {
  runClientStoreContract('memory', async () => {
    const disk = emptyDisk();
    const open = async (): Promise<StoresOnDisk> => ({ cache: memoryCache(disk), outbox: memoryOutbox(disk), reopen: open });
    return open();
  });
});

async function onIndexedDb(officerId: string, seal: Seal): Promise<StoresOnDisk> {
  const [cacheDb, outboxDb] = [cacheDatabase(cacheName(officerId)), outboxDatabase(officerId)];
  return {
    cache: dexieCache(cacheDb, seal),
    outbox: dexieOutbox(outboxDb, seal),
    reopen: async () => {
      cacheDb.close();
      outboxDb.close();
      return onIndexedDb(officerId, seal);
    },
  };
}

describe('in IndexedDB', () => {
  runClientStoreContract('IndexedDB', () => onIndexedDb(randomUUID(), sealWith(randomBytes(32))));

  test('what lies on the disk of an officer holds no personal field in clear, and another key does not open it', async () => {
    const seal = sealWith(randomBytes(32));
    const officer = { id: 'o1', districtId: '620102', name: '王某(演示)', phone: '13900000000', certNo: null, account: 'wang' };
    const stored = storeRow(tables.officers, officer, seal);
    expect(stored).not.toHaveProperty('phone');
    expect(Buffer.from(stored.$sealed ?? []).toString()).not.toContain('13900000000');
    expect(openRow(stored, seal)).toEqual(officer);
    expect(() => openRow(stored, sealWith(randomBytes(32)))).toThrow(/tag/);
  });
});
