import { expect, test } from 'vitest';
import { subjectMutations, subjects } from '#shared/tables/subjects.ts';
import { MemoryTx } from '../../../tests/support/memory-tx.ts';
import { acting, WANG } from '../../../tests/support/personas.ts';
import { EDITABLE } from './fields.ts';

test.each(EDITABLE)('the form offers %s, and the edit of a subject accepts it', async (field) => {
  const tx = new MemoryTx();
  const values = Object.fromEntries(Object.keys(subjects.columns).map((name) => [name, null]));
  tx.rows.set('subjects/s1', { ...values, id: 's1', districtId: '620102' });
  const column = subjects.columns[field];
  const to = [null, '面馆', true, 'active'].find((value) => column.zod.safeParse(value).success);
  await subjectMutations.edit.run(tx, { id: 's1', changes: { [field]: { from: null, to } } }, acting(WANG));
  expect(tx.rows.get('subjects/s1')?.[field]).toBe(to);
});
