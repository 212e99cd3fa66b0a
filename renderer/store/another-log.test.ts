import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { beginAnotherLog } from './another-log.ts';
import { outboxDatabase } from './databases.ts';

test('what fills the buffer of the browser leaves nothing behind', async () => {
  const db = outboxDatabase(crypto.randomUUID());
  await db.meta.put({ key: 'generation', value: 'g1' });
  await beginAnotherLog(db);
  expect(await db.meta.toArray()).toEqual([{ key: 'generation', value: 'g1' }]);
});
