import { expect, test } from 'vitest';
import type { Page } from '#shared/protocol/page.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';

const EPOCH = '22222222-2222-4222-8222-222222222222';
const [FROM, TO] = ['u:o-wang', 'u:o-li'];
const ACTOR = { ...WANG, streams: [FROM, TO] };
const at = { k: 4, id: 'g1', d: WANG.districtId };
const grant = (officerId: string) => ({ officerId, stream: 'd:620102', since: 0, until: null });
const page = (stream: string, from: number, row: Page['rows'][number]): Page => ({
  epoch: EPOCH,
  stream,
  from,
  rows: [row],
  seq: from + 1,
  mark: 'a',
  more: false,
  mine: 0,
});
const left = page(FROM, 1, { ...at, s: 2, x: 'moved' });
const came = page(TO, 0, { ...at, s: 1, v: 2, r: grant('o-li') });

const fail = (error: unknown): never => {
  throw error;
};

test.each([
  ['the stream it left first', [left, came]],
  ['the stream it went to first', [came, left]],
])('a row that moved to another stream is there, whichever comes first: %s', async (_which, pages) => {
  const disk = emptyDisk();
  const copy = await openLocalCopy(
    { cache: memoryCache(disk), outbox: memoryOutbox(disk), journal: memoryJournal(disk) },
    {
      clock: { now: () => 1000, sleep: async () => undefined },
      random: { uuid: () => EPOCH, fraction: () => 0 },
      seal: (text) => text,
      defect: fail,
    },
    ACTOR,
    () => undefined,
  );
  await copy.takePage(page(FROM, 0, { ...at, s: 1, v: 1, r: grant('o-wang') }));
  for (const one of pages) expect(await copy.takePage(one)).toBe(true);
  expect(disk.rows.get('grants/g1')).toMatchObject({ officerId: 'o-li' });
});
