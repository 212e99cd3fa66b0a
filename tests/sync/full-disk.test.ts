import { expect, test } from 'vitest';
import { centreOver } from '../../renderer/sync/centre.ts';
import { traceOf } from '../../renderer/sync/trace.ts';
import { startEngine } from '../../renderer/sync/engine.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { diceOf } from '../support/dice.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { beginning } from './generate.ts';
import { simCentre } from './sim-centre.ts';
import { CLEAR_SKY } from './faults.ts';
import { newLine, simWire } from './sim-wire.ts';

test('on a full disk nothing is brought down; once there is room again everything is, and what waits went up meanwhile', async () => {
  const dice = diceOf(7);
  const time = new VirtualTime(Date.UTC(2026, 0, 5));
  const sim = simCentre(dice, time);
  for (const [district, commands] of beginning(dice, [WANG])) await applyAsSystem(sim.centre, district, commands);
  const disk = emptyDisk();
  const [cache, outbox, journal] = [memoryCache(disk), memoryOutbox(disk), memoryJournal(disk)];
  const random = { uuid: () => dice.uuid(), fraction: () => 0.5 };
  const world = {
    clock: time.clock(),
    random,
    seal: (text: string) => text,
    defect: (error: unknown) => sim.defects.push(error),
  };
  const copy = await openLocalCopy({ cache, outbox, journal }, world, WANG, () => undefined);
  const device = dice.uuid();
  const session = { officerId: WANG.id, districtId: WANG.districtId, device };
  const wire = simWire({ time, sim, weather: CLEAR_SKY, midBatch: async () => undefined }, session, newLine());
  let room = false;
  const engine = startEngine({
    centre: (signal) => centreOver(wire, () => 'token', signal),
    copy,
    files: { run: async () => undefined },
    clock: time.clock(),
    random,
    about: { device, deviceName: 'pc', app: '0' },
    officerId: WANG.id,
    hasNetwork: () => true,
    freeBytes: () => 1,
    mayStore: () => room,
    greeted: async () => undefined,
    changed: () => undefined,
    wipe: async () => false,
    wiped: () => undefined,
    trace: traceOf(time.clock()),
    checks: { at: async () => time.now(), note: async () => undefined },
    defect: (error) => sim.defects.push(error),
  });
  const licence = { id: 'l1', subjectId: 'a', kind: 'BA', no: '1', noCheck: 'none', validTo: null, scope: '' };
  const { mid } = await copy.mutate('licences.record', licence);
  engine.nudge();
  await time.run(60_000);
  expect(copy.cursors()).toEqual([]);
  expect(engine.status()).toMatchObject({ connection: 'online', lastFault: { kind: 'diskFull' } });
  expect((await sim.base.truth()).decisions.has(mid)).toBe(true);
  room = true;
  await time.run(120_000, () => WANG.streams.every((stream) => copy.cursor(stream)?.inStepAt));
  expect(
    copy
      .cursors()
      .map(({ stream }) => stream)
      .toSorted(),
  ).toEqual(WANG.streams.toSorted());
  expect(disk.rows.has('licences/l1')).toBe(true);
  expect(sim.defects).toEqual([]);
});
