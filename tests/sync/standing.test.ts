/** An officer who left and a workstation that was lost, over the centre's real protocol code. */
import { expect, test } from 'vitest';
import { leaseClaims } from '#shared/protocol/messages.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import { startEngine } from '../../renderer/sync/engine.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import { actorAt } from '../../renderer/sync/rights.ts';
import { traceOf } from '../../renderer/sync/trace.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { diceOf } from '../support/dice.ts';
import { emptyDisk, memoryCache, memoryJournal, memoryOutbox } from '../support/memory-client.ts';
import { WANG } from '../support/personas.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { beginning } from './generate.ts';
import { simCentre } from './sim-centre.ts';
import { CLEAR_SKY } from './faults.ts';
import { rowAt } from './centre-base.ts';
import { newLine, simWire } from './sim-wire.ts';

const LICENCE = { id: 'l1', subjectId: 'a', kind: 'BA', no: '1', noCheck: 'none', validTo: null, scope: '' };

async function atWork({ cutWhileWiped = false } = {}) {
  const dice = diceOf(5);
  const time = new VirtualTime(Date.UTC(2026, 0, 5));
  const sim = simCentre(dice, time);
  for (const [district, commands] of beginning(dice, [WANG])) await applyAsSystem(sim.centre, district, commands);
  const disk = emptyDisk();
  const stores = { cache: memoryCache(disk), outbox: memoryOutbox(disk), journal: memoryJournal(disk) };
  const random = { uuid: () => dice.uuid(), fraction: () => 0.5 };
  const defect = (error: unknown): void => void sim.defects.push(error);
  const world = { clock: time.clock(), random, seal: (text: string) => text, defect };
  const copy = await openLocalCopy(stores, world, WANG, () => undefined);
  const device = dice.uuid();
  const line = newLine();
  const session = { officerId: WANG.id, districtId: WANG.districtId, device };
  const wire = simWire({ time, sim, weather: CLEAR_SKY, midBatch: async () => undefined }, session, line);
  const told: string[] = [];
  const engine = startEngine({
    centre: (signal) => centreOver(wire, () => 'token', signal),
    copy,
    files: { run: async () => undefined },
    clock: time.clock(),
    random,
    about: { device, deviceName: 'pc', app: '0.1.0' },
    officerId: WANG.id,
    hasNetwork: () => true,
    freeBytes: () => null,
    mayStore: () => true,
    greeted: async ({ lease, now }) => copy.setActor(actorAt(leaseClaims.parse(JSON.parse(lease)), now)),
    changed: () => undefined,
    wipe: async () => {
      if (copy.waiting().length > 0) return false;
      told.push('destroyed');
      line.up = !cutWhileWiped;
      return true;
    },
    wiped: () => void told.push('told'),
    trace: traceOf(time.clock()),
    checks: { at: async () => time.now(), note: async () => undefined },
    defect,
  });
  const inStep = (): boolean => WANG.streams.every((stream) => copy.cursor(stream)?.inStepAt);
  await time.run(120_000, inStep);
  return { time, sim, disk, copy, engine, line, device, told };
}

test('an officer who left while working without a line: the rows go, the work is handed to a supervisor, nothing is applied', async () => {
  const { time, sim, disk, copy, engine, line } = await atWork();
  line.up = false;
  await time.run(60_000);
  const { mid } = await copy.mutate('licences.record', LICENCE);
  const leaves = { id: WANG.id, changes: { state: { from: 'active', to: 'left' } } };
  await applyAsSystem(sim.centre, WANG.districtId, [{ name: 'officers.edit', args: leaves, at: 1 }]);
  line.up = true;
  engine.nudge();
  await time.run(120_000, () => copy.waiting().length === 0);
  expect(engine.status().standing).toBe('left');
  expect([...disk.rows.keys()]).toEqual([]);
  expect(disk.issues.get(mid)).toMatchObject({ status: 'rejected', code: 'E403.2' });
  const truth = await sim.base.truth();
  expect(rowAt(truth, 'heldWork', WANG.districtId, mid)).toMatchObject({
    officerId: WANG.id,
    mutation: 'licences.record',
    args: LICENCE,
    state: 'held',
  });
  expect(rowAt(truth, 'licences', WANG.districtId, 'l1')).toBeUndefined();
  expect(sim.defects).toEqual([]);
});

test('a workstation that was lost hands in what waits before everything there is destroyed, and says so', async () => {
  const { time, sim, copy, engine, line, device, told } = await atWork();
  line.up = false;
  await time.run(60_000);
  const { mid } = await copy.mutate('licences.record', LICENCE);
  sim.workstations.lost.add(device);
  line.up = true;
  engine.nudge();
  await time.run(120_000, () => told.includes('told'));
  expect(told).toEqual(['destroyed', 'told']);
  expect((await sim.base.truth()).decisions.get(mid)).toMatchObject({ status: 'applied' });
  expect(sim.workstations.wiped.has(device)).toBe(true);
});

test('a workstation whose line breaks while everything there is destroyed says so once the line is back, and ends', async () => {
  const { time, sim, line, engine, device, told } = await atWork({ cutWhileWiped: true });
  sim.workstations.lost.add(device);
  engine.nudge();
  await time.run(120_000, () => told.includes('destroyed'));
  await time.run(60_000);
  expect(told).toEqual(['destroyed']);
  line.up = true;
  await time.run(120_000, () => told.includes('told'));
  expect(told).toEqual(['destroyed', 'told']);
  expect(sim.workstations.wiped.has(device)).toBe(true);
});
