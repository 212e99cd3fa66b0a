/** The weekly self-check and the taking again of rows whose table was changed, over the centre's real protocol code. */
import { expect, test } from 'vitest';
import type { AnyRow } from '#shared/schema/table.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { pullStream } from '../../renderer/sync/pull.ts';
import { traceOf } from '../../renderer/sync/trace.ts';
import { checkStreams, fillStale } from '../../renderer/sync/upkeep.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { diceOf } from '../support/dice.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { beginning } from './generate.ts';
import { simCentre } from './sim-centre.ts';

const DISTRICT = 'd:620102';
const WEEK_MS = 7 * 24 * 3600_000;

const fail = (error: unknown): never => {
  throw error;
};

async function inStep() {
  const dice = diceOf(11);
  const time = new VirtualTime(Date.UTC(2026, 0, 5));
  const sim = simCentre(dice, time);
  for (const [district, commands] of beginning(dice, [WANG])) await applyAsSystem(sim.centre, district, commands);
  const disk = emptyDisk();
  const world = {
    clock: time.clock(),
    random: { uuid: () => dice.uuid(), fraction: () => 0.5 },
    seal: (text: string) => text,
    defect: fail,
  };
  const stores = { cache: memoryCache(disk), outbox: memoryOutbox(disk), journal: memoryJournal(disk) };
  const copy = await openLocalCopy(stores, world, WANG, () => undefined);
  const session = { officerId: WANG.id, districtId: WANG.districtId, device: dice.uuid() };
  const asked: string[] = [];
  const { signal } = new AbortController();
  const centre = centreOver(
    {
      send: async (request) => {
        asked.push(request.path);
        return sim.answer(session, request, 4);
      },
      events: async () => undefined,
    },
    () => 'token',
    signal,
  );
  const checked = new Map<string, number>();
  const trace = traceOf(time.clock());
  const checks = {
    at: async (stream: string) => checked.get(stream) ?? null,
    note: async (stream: string, at: number) => void checked.set(stream, at),
  };
  const upkeep = { centre, copy, checks, clock: time.clock(), trace, signal };
  for (const stream of WANG.streams) await pullStream(centre, copy, stream, signal);
  return { time, disk, copy, upkeep, trace, asked, bring: () => pullStream(centre, copy, DISTRICT, signal) };
}

test('a copy that equals the centre is left alone, also under work of one’s own, and is looked at again after a week', async () => {
  const { time, copy, upkeep, trace } = await inStep();
  const licence = { id: 'l1', subjectId: 'a', kind: 'BA', no: '1', noCheck: 'none', validTo: null, scope: '' };
  await copy.mutate('licences.record', licence);
  expect(await checkStreams(upkeep, false)).toEqual([]);
  expect(trace.lines().map((line) => line.what === 'checked' && line.differ)).toEqual(WANG.streams.map(() => 0));
  await checkStreams(upkeep, false);
  expect(trace.lines()).toHaveLength(WANG.streams.length);
  await time.run(WEEK_MS);
  await checkStreams(upkeep, false);
  expect(trace.lines()).toHaveLength(2 * WANG.streams.length);
});

test.each([
  [
    'altered',
    (rows: Map<string, AnyRow>) =>
      void rows.set('subjects/a', { id: 'a', districtId: WANG.districtId, ...rows.get('subjects/a'), name: '另一个' }),
  ],
  ['lost', (rows: Map<string, AnyRow>) => void rows.delete('subjects/a')],
])('a row of the copy that was %s unseen is found, and its stream comes anew', async (_what, spoil) => {
  const { disk, copy, upkeep, bring } = await inStep();
  const whole = new Map(disk.rows);
  spoil(disk.rows);
  expect(await checkStreams(upkeep, true)).toEqual([DISTRICT]);
  expect(copy.cursor(DISTRICT)).toBeUndefined();
  await bring();
  expect(Object.fromEntries(disk.rows)).toEqual(Object.fromEntries(whole));
  expect(await checkStreams(upkeep, true)).toEqual([]);
});

test('after a table was changed its rows alone are taken again, under the same cursor and under work of one’s own', async () => {
  const { disk, copy, upkeep, asked } = await inStep();
  const before = copy.cursor(DISTRICT);
  const row = disk.rows.get('problems/a');
  const { category: _unknown, ...older } = row ?? { id: 'a', districtId: '620102' };
  disk.rows.set('problems/a', older);
  disk.filled.set(12, 'an earlier shape');
  asked.length = 0;
  await fillStale(upkeep);
  expect(asked.every((path) => path.includes('kinds=12'))).toBe(true);
  expect(disk.rows.get('problems/a')).toEqual(row);
  expect(copy.cursor(DISTRICT)).toEqual(before);
  expect(await copy.stale()).toEqual([]);
});
