import { expect, test } from 'vitest';
import type { HelloAnswer } from '#shared/protocol/messages.ts';
import type { Page } from '#shared/protocol/page.ts';
import { planFollower } from '../../renderer/sync/greet.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { traceOf } from '../../renderer/sync/trace.ts';
import { taskArgs } from '../support/commands.ts';
import { diceOf } from '../support/dice.ts';
import { type ClientDisk, emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
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

const EMPTY_TRACE = traceOf({ now: () => 0 });

async function copyOf(disk: ClientDisk) {
  const dice = diceOf(1);
  return openLocalCopy(
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
}

test.each([
  ['has seen come back', 'replace', { ...empty, mine: Number.MAX_SAFE_INTEGER }],
  ['has not seen come back', 'replace', empty],
  ['has seen come back, although its cursor still fits', 'pull', { ...empty, mine: Number.MAX_SAFE_INTEGER }],
] as const)(
  'what a restored centre had acknowledged, and the copy %s, is offered to it again, once',
  async (_what, plan, page) => {
    const disk = emptyDisk();
    const copy = await copyOf(disk);
    await copy.takePage(empty);
    const { mid } = await copy.mutate('tasks.dispatch', taskArgs('t1', 's1'));
    await copy.decide([{ t: 'outcome', epoch: EPOCH, mid, status: 'applied', again: false, heads: { [STREAM]: 9 } }]);
    await copy.takePage({ ...page, from: 0 });
    expect(copy.waiting()).toEqual([]);

    const follow = planFollower(copy, EMPTY_TRACE);
    const greeting: HelloAnswer = { ...restored, streams: [{ stream: STREAM, head: 3, grantUntil: null, plan }] };
    expect(await follow(greeting, copy.lastAcked())).toEqual({ behind: [STREAM], dropped: [], restored: 1 });
    expect(copy.waiting()).toMatchObject([{ mid }]);
    if (plan === 'replace') await copy.takePage(empty);
    expect(disk.rows.has('tasks/t1')).toBe(plan === 'replace');
    await copy.decide([{ t: 'outcome', epoch: EPOCH, mid, status: 'applied', again: true, heads: { [STREAM]: 3 } }]);
    const later = {
      ...greeting,
      lastN: 1_800_000_000_000,
      streams: [{ stream: STREAM, head: 3, grantUntil: null, plan: 'pull' as const }],
    };
    expect(await follow(later, copy.lastAcked())).toMatchObject({ restored: null });
    expect(copy.waiting()).toEqual([]);
  },
);

test('a greeting that was asked for before something was acknowledged tells of no restore', async () => {
  const copy = await copyOf(emptyDisk());
  await copy.takePage(empty);
  const { mid } = await copy.mutate('tasks.dispatch', taskArgs('t1', 's1'));
  const askedWith = copy.lastAcked();
  await copy.decide([{ t: 'outcome', epoch: EPOCH, mid, status: 'applied', again: false, heads: { [STREAM]: 9 } }]);
  const greeting: HelloAnswer = { ...restored, streams: [{ stream: STREAM, head: 3, grantUntil: null, plan: 'pull' }] };
  expect(await planFollower(copy, EMPTY_TRACE)(greeting, askedWith)).toMatchObject({ restored: null });
  expect(copy.waiting()).toEqual([]);
});
