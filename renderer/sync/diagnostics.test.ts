import { expect, test } from 'vitest';
import { emptyDisk, memoryCache } from '../../tests/support/memory-client.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { NOBODY_HERE } from './engine-api.ts';
import type { OutboxRow } from './ports.ts';

const { signedIn: _nobody, workOffline: _off, ...status } = NOBODY_HERE;

const ROW: OutboxRow = {
  n: 1,
  mid: '33333333-3333-4333-8333-333333333333',
  name: 'problems.file',
  v: 1,
  district: '620102',
  at: 1,
  offsetMs: 0,
  after: null,
  args: { id: 'p1', description: '后厨有异味，联系人 13893112233' },
  state: 'waiting',
  streams: ['d:620102'],
};

test('the diagnostics bundle says what waits and where the copy stands, and nothing about persons', async () => {
  const disk = emptyDisk();
  disk.rows.set('officers/o-wang', { id: 'o-wang', districtId: '620102', name: '王演示', phone: '13893112233' });
  const cursor = { seq: 7, mark: 'ab', epoch: 'e', mine: 1, rows: 1, inStepAt: 1 };
  const text = await diagnosticsOf(
    {
      status,
      cache: memoryCache(disk),
      cursors: [
        { ...cursor, stream: 'd:620102' },
        { ...cursor, stream: 'u:o-wang' },
      ],
      pending: [ROW],
      issues: [],
      files: [],
      trace: [
        { at: 1, what: 'failed', kind: 'internal', detail: { told: '电话 13893112233 身份证 620102199001011234' }, againInMs: 1 },
      ],
      shell: { app: '0.1.0' },
    },
    1_800_000_000_000,
  );
  const bundle = JSON.parse(text) as { pending: unknown[]; tables: Record<string, unknown>; cursors: unknown[] };
  expect(bundle.pending).toMatchObject([{ n: 1, name: 'problems.file', state: 'waiting' }]);
  expect(bundle.tables['officers']).toMatchObject({ rows: 1 });
  expect(bundle.cursors).toMatchObject([{ stream: 'd:620102', seq: 7 }, { stream: 'u:***' }]);
  for (const secret of ['王演示', '138', '620102199001011234', '异味', 'o-wang']) expect(text).not.toContain(secret);
});
