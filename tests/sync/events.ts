/** What people and machines do to each other in a history, beside the work itself. */
import type { Actor } from '#shared/schema/mutation.ts';
import { districtStream } from '#shared/schema/stream.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import { officers } from '#shared/tables/officers.ts';
import { packAll } from '../../server/segments/pack.ts';
import type { Dice } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import { FAULTS, type FaultName, type Weather } from './faults.ts';
import { KILL_NAMES } from './life.ts';
import type { SimCentre } from './sim-centre.ts';
import type { Wiped } from './sim-disk.ts';
import type { SimWorkstation } from './sim-workstation.ts';

const HOUR_MS = 3600_000;
const REMOTE = '22222222-2222-4222-8222-222222222222';

export interface Town {
  readonly sim: SimCentre;
  readonly time: VirtualTime;
  readonly weather: Weather;
  readonly actors: readonly Actor[];
  readonly stations: readonly SimWorkstation[];
  /** Mutations that were done at no workstation of the history. */
  readonly elsewhere: Set<string>;
}

/** Everything that may happen between two deeds. */
export async function whatElseHappens(town: Town): Promise<void> {
  const { weather, sim, time } = town;
  const someone = (name: FaultName): SimWorkstation => weather.dice(name).pick(town.stations);
  for (const name of KILL_NAMES) if (weather.threatens(name)) someone(name).arm(name);
  for (const [name, what] of WIPES) {
    if (!weather.strikes(name)) continue;
    const station = someone(name);
    station.wipeAtNextStart(what);
    station.kill();
  }
  if (weather.strikes('rottenJournal') && !WIPES.some(([name]) => weather.knows(name))) {
    const station = someone('rottenJournal');
    station.disk.rotJournal((n) => weather.dice('rottenJournal').below(n));
    station.kill();
  }
  for (const [name, ms] of JUMPS) if (weather.strikes(name)) someone(name).pc.clockShiftMs += ms;
  if (weather.strikes('suspend')) time.suspend(8 * HOUR_MS);
  if (weather.strikes('unplug')) unplug(someone('unplug'), time, weather.dice('unplug').below(120_000));
  if (weather.strikes('workOffline')) someone('workOffline').setWorkOffline(weather.dice('workOffline').chance(0.5));
  if (weather.strikes('switchOfficer')) switchOfficer(town, weather.dice('switchOfficer'));
  if (weather.strikes('restart')) sim.restart(weather.dice('restart').below(40_000));
  if (weather.strikes('newEpoch')) await sim.base.renameEpoch(weather.dice('newEpoch').uuid());
  if (weather.strikes('packed')) await packAll({ store: sim.base.store, segments: sim.centre.segments }, time.now());
  if (weather.strikes('olderCentre')) {
    sim.earlier = !sim.earlier;
    sim.restart(weather.dice('olderCentre').below(10_000));
  }
  if (weather.strikes('upgrade')) {
    const station = someone('upgrade');
    station.upgrade();
    station.kill();
  }
  await backUpAndRestore(town);
  if (weather.strikes('grantMoves')) await moveGrant(town, weather.dice('grantMoves'));
  if (weather.strikes('officerLeaves')) await editOfficer(town, weather.dice('officerLeaves'), 'state', ['left', 'active']);
  if (weather.strikes('roleLowered')) await editOfficer(town, weather.dice('roleLowered'), 'roles', ROLES);
  if (weather.strikes('removedRemotely')) await removeAttachment(town, weather.dice('removedRemotely'));
}

const ROLES = [['officer'], ['officer', 'stationHead'], ['gridWorker'], ['bureauAdmin']];

const WIPES = [
  ['wipeBoth', 'both'],
  ['wipeCache', 'cache'],
  ['wipeOutbox', 'outbox'],
] as const satisfies readonly (readonly [FaultName, Wiped])[];

const JUMPS = [
  ['clockForwardHour', HOUR_MS],
  ['clockBackHour', -HOUR_MS],
  ['clockForwardDay', 24 * HOUR_MS],
] as const satisfies readonly (readonly [FaultName, number])[];

/** Withdraws an officer's grant on the own district, or gives it again. */
export async function moveGrant({ sim, time, actors }: Pick<Town, 'sim' | 'time' | 'actors'>, dice: Dice): Promise<void> {
  const actor = dice.pick(actors);
  const now = time.now();
  const person = { officerId: actor.id, districtId: actor.districtId };
  const all = await sim.base.store.read((snapshot) => snapshot.grantsOf(person), actor.districtId);
  const given = all.find(({ until }) => until === null || until > now);
  const stream = districtStream(actor.districtId);
  const command = given
    ? { name: 'grants.withdraw', args: { id: given.id, until: now }, at: now }
    : { name: 'grants.give', args: { id: dice.uuid(), officerId: actor.id, stream, since: now, until: null }, at: now };
  await sim.bySystem(actor.districtId, [command]);
}

async function editOfficer(town: Town, dice: Dice, field: string, values: readonly unknown[]): Promise<void> {
  const { id, districtId } = dice.pick(town.actors);
  const row = await town.sim.base.store.read(
    async (snapshot) => (await snapshot.rows(officers, districtId, [id])).get(id)?.row,
    districtId,
  );
  const from = row?.[field];
  const to = field === 'state' ? (from === 'active' ? 'left' : 'active') : dice.pick(values);
  await setOfficer(town, id, districtId, field, from, to);
}

const setOfficer = (
  { sim, time }: Town,
  id: string,
  district: string,
  field: string,
  from: unknown,
  to: unknown,
): Promise<void> =>
  sim.bySystem(district, [{ name: 'officers.edit', args: { id, changes: { [field]: { from, to } } }, at: time.now() }]);

/** Everybody who had left is back. */
export async function allComeBack(town: Town): Promise<void> {
  for (const { id, districtId } of town.actors) {
    const row = await town.sim.base.store.read(
      async (snapshot) => (await snapshot.rows(officers, districtId, [id])).get(id)?.row,
      districtId,
    );
    if (row?.['state'] === 'left') await setOfficer(town, id, districtId, 'state', 'left', 'active');
  }
}

/** The first officer takes back a photograph at a workstation that is not among those watched. */
async function removeAttachment({ sim, time, actors, elsewhere }: Town, dice: Dice): Promise<void> {
  const [{ id: officerId, districtId } = { id: '', districtId: '' }] = actors;
  const mid = dice.uuid();
  elsewhere.add(mid);
  const name = 'attachments.withdraw';
  const command = {
    mid,
    n: time.now(),
    name,
    v: mutationOfName.get(name)?.mutation.v ?? 0,
    district: districtId,
    actor: officerId,
    at: time.now(),
    offsetMs: 0,
    after: null,
    args: { id: dice.pick(['a', 'b', 'c']) },
  };
  const json = { device: REMOTE, epoch: sim.base.store.epoch, commands: [command] };
  const request = { method: 'POST', path: '/sync/v1/push', json, timeoutMs: 0 } as const;
  await sim.answer({ officerId, districtId, device: REMOTE }, request, 1);
}

async function backUpAndRestore({ sim, weather }: Town): Promise<void> {
  for (const name of RESTORES) {
    if (!weather.knows(name)) continue;
    const dice = weather.dice(name);
    if (sim.base.backups() < MOST_BACKUPS && dice.chance(0.2)) await sim.base.backup();
    if (sim.base.backups() === 0 || !weather.strikes(name)) continue;
    await sim.restore(dice.below(sim.base.backups()), name === 'restoreNoticed' ? dice.uuid() : sim.base.store.epoch);
    sim.restart(dice.below(20_000));
  }
}

const MOST_BACKUPS = 3;
const RESTORES = ['restoreNoticed', 'restoreUnnoticed'] as const satisfies readonly (keyof typeof FAULTS)[];

function unplug({ pc: { line } }: SimWorkstation, time: VirtualTime, ms: number): void {
  line.up = false;
  time.after(ms, () => {
    line.up = true;
  });
}

/** Whoever sits at a shared workstation goes, and the other one comes. */
function switchOfficer({ stations, sim }: Town, dice: Dice): void {
  const shared = stations.filter(({ roommate }) => roommate !== undefined);
  if (shared.length === 0) return;
  const going = shared.find((station) => station.isSignedIn()) ?? dice.pick(shared);
  const change = async (): Promise<void> => {
    await going.leave();
    going.roommate?.signIn();
  };
  void change().catch((error: unknown) => sim.defects.push(error));
}
