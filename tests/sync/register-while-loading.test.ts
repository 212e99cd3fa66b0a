import { expect, test } from 'vitest';
import type { AnyRow } from '#shared/schema/table.ts';
import { registers } from '../../renderer/sync/register.ts';
import { subjectArgs } from '../support/commands.ts';
import { emptyDisk, memoryCache } from '../support/memory-client.ts';

const subject = (id: string): AnyRow => ({ ...subjectArgs(id), id, districtId: '620102' });

test('a subject that comes in while the register is being read stands in the next answer', async () => {
  const disk = emptyDisk();
  const cache = memoryCache(disk);
  const read = Promise.withResolvers<undefined>();
  const slow = {
    ...cache,
    async all(table: string) {
      const rows = await cache.all(table);
      if (table === 'subjects') await read.promise;
      return rows;
    },
  };
  disk.rows.set('subjects/a', subject('a'));
  const register = registers(slow);
  const asked = { table: 'subjects', search: '', filter: {}, sort: null, offset: 0, limit: 10 } as const;

  const first = register.query(asked);
  await Promise.resolve();
  register.hear({ puts: new Map([['subjects', [subject('b')]]]), removes: new Map(), shadowPuts: [], shadowRemoves: [] });
  read.resolve(undefined);
  await first;

  expect((await register.query(asked)).rows.map(({ id }) => id)).toEqual(['a', 'b']);
});
