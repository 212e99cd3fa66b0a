import { expect, test } from 'vitest';
import type { HelloAnswer } from '#shared/protocol/messages.ts';
import type { Page } from '#shared/protocol/page.ts';
import { followPlans } from '../../renderer/sync/greet.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { taskArgs } from '../support/commands.ts';
import { diceOf } from '../support/dice.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { HEAD } from '../support/personas.ts';

const EPOCH = '06eff51d-ad79-4b08-833d-42b8a27a27e3';
const STREAM = 'd:620102';
const empty: Page = { epoch: EPOCH, stream: STREAM, from: 0, rows: [], seq: 0, mark: '', more: false, mine: 0 };
const restored: HelloAnswer = {
  protocol: 1,
  epoch: EPOCH,
  now: 1,
  officer: { id: HEAD.id, districtId: HEAD.districtId, name: '', roles: [...HEAD.roles] },
  lastN: 0,
  standing: 'active',
  lease: '',
  streams: [{ stream: STREAM, head: 3, grantUntil: null, plan: 'replace' }],
};

const fail = (error: unknown): never => {
  throw error;
};

test('what a restored centre had acknowledged, and the copy has not seen come back, is offered to it again', async () => {
  const disk = emptyDisk();
  const dice = diceOf(1);
  const copy = await openLocalCopy(
    { cache: memoryCache(disk), outbox: memoryOutbox(disk), journal: memoryJournal(disk) },
    {
      clock: { now: () => 1_800_000_000_000, sleep: async () => undefined },
      random: { uuid: () => dice.uuid(), fraction: () => dice.fraction() },
      seal: (text) => text,
      defect: fail,
    },
    HEAD,
    () => undefined,
  );
  await copy.takePage(empty);
  const { mid } = await copy.mutate('tasks.dispatch', taskArgs('t1', 's1'));
  await copy.decide([{ t: 'outcome', epoch: EPOCH, mid, status: 'applied', again: false, heads: { [STREAM]: 9 } }]);
  expect(copy.waiting()).toEqual([]);

  expect(await followPlans(copy, restored)).toEqual([STREAM]);
  expect(copy.waiting()).toMatchObject([{ mid }]);
  await copy.takePage(empty);
  expect(disk.rows.get('tasks/t1')).toBeDefined();
});
