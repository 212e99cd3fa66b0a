/**
 * One history: the real engine on several workstations and the real protocol code of the centre, in one process, under
 * virtual time and seeded chance. Everything that can happen to messages, programs, disks and people happens; then the weather
 * clears, and what is left must be right.
 */
import { BUREAU, HEAD, LI, WANG, WORKER } from '../support/personas.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { type CentreBase, memoryBase } from './centre-base.ts';
import { type Busy, busy } from './busy.ts';
import { allComeBack, moveGrant, type Town, whatElseHappens } from './events.ts';
import { chanceOf, type FaultName, weatherOf } from './faults.ts';
import { anyDeed, beginning } from './generate.ts';
import { flaw, type Flaw } from './invariants.ts';
import { flawsAtTheEnd } from './oracle-end.ts';
import { watchSteps } from './oracle-steps.ts';
import { type SimCentre, simCentre } from './sim-centre.ts';
import { memoryDisk, type SimDisk } from './sim-disk.ts';
import { newLine } from './sim-wire.ts';
import { type Pc, type SimWorkstation, simWorkstation, type Spoil } from './sim-workstation.ts';

const START = Date.UTC(2026, 0, 5, 1);
/** The longest request that may still hang, and the longest pause between two tries. */
const LAST_TRY_MS = 60_000 + 60_000;
const DRAIN_MS = 30_000;
const HEAL_MS = 20 * 60_000;
const LOOK_MS = 25_000;

export interface History {
  readonly seed: number;
  readonly flaws: readonly Flaw[];
  readonly saved: number;
  readonly applied: number;
  readonly rejected: number;
  readonly merged: number;
  readonly hits: ReadonlyMap<FaultName, number>;
  /** What each workstation noted of its line, in words. */
  readonly traces: readonly string[];
}

/** What runs under the protocol code. */
export interface Level {
  base(epoch: string): Promise<CentreBase>;
  disk(place: number): Promise<SimDisk>;
  readonly busy: Busy;
  /** After how many deeds the oracle looks. */
  readonly lookEvery: number;
}

export const PROTOCOL: Level = {
  base: async (epoch) => memoryBase(epoch),
  disk: async () => memoryDisk(),
  busy: busy(),
  lookEvery: 1,
};

export interface Options {
  readonly deeds?: number;
  readonly level?: Level;
  /** Faults that do not happen. */
  readonly off?: ReadonlySet<FaultName>;
  /** Makes what is spoiled in one run of a program. */
  readonly spoil?: () => Spoil;
  /** Spoils the centre on purpose. */
  readonly spoilCentre?: (sim: SimCentre) => void;
}

export async function simulate(seed: number, options: Options = {}): Promise<History> {
  const { deeds = 30, level = PROTOCOL, off, spoil = () => ({}), spoilCentre } = options;
  const weather = weatherOf(seed, off);
  const dice = chanceOf(seed, 'history');
  const time = new VirtualTime(START, () => level.busy.idle());
  const sim = simCentre(chanceOf(seed, 'centre'), time, await level.base(dice.uuid()));
  spoilCentre?.(sim);
  const second = weather.strikes('samePerson') ? WANG : dice.pick([LI, HEAD]);
  const actors = [WANG, second, dice.pick([HEAD, BUREAU, WORKER]), LI];
  for (const [district, commands] of beginning(dice, actors)) await sim.bySystem(district, commands);

  const midBatch = (): Promise<void> => moveGrant({ sim, time, actors }, weather.dice('grantMidBatch'));
  const pcs = Array.from({ length: 3 }, (): Pc => ({ device: dice.uuid(), line: newLine(), clockShiftMs: 0 }));
  const at = async (officer: number, place: number): Promise<SimWorkstation> =>
    simWorkstation(
      { time, sim, weather, dice: chanceOf(seed, `workstation ${officer}`), spoil, midBatch, busy: level.busy },
      actors[officer] ?? WANG,
      pcs[place] ?? pcs[0] ?? { device: '', line: newLine(), clockShiftMs: 0 },
      await level.disk(officer),
    );
  const stations = [await at(0, 0), await at(1, 1), await at(2, 2)];
  for (const station of stations) station.signIn();
  await time.run(0);
  if (weather.knows('switchOfficer')) shareFirst(stations, await at(3, 0));

  const steps = watchSteps(sim.tale, stations);
  const town: Town = { sim, time, weather, actors, stations, elsewhere: new Set() };
  const work = chanceOf(seed, 'work');
  const act = async (station: SimWorkstation): Promise<void> => {
    const deed = () => anyDeed(work, station.actor.id, (table, id) => station.row(table, id));
    const choices = [await deed(), await deed(), await deed(), await deed(), await deed(), await deed()];
    void station.do(choices).catch((error: unknown) => sim.defects.push(error));
    if (work.chance(0.1)) void station.dealWithIssues().catch((error: unknown) => sim.defects.push(error));
  };
  for (let i = 0; i < deeds; i++) {
    await time.run(work.below(work.chance(0.2) ? 60_000 : 1500));
    const station = work.pick(stations);
    await act(station);
    if (weather.strikes('twoWindows')) await act(station);
    await whatElseHappens(town).catch((error: unknown) => sim.defects.push(error));
    await time.run(0);
    if (i % level.lookEvery === 0) await steps.look(await sim.base.truth());
  }

  const flaws = await heal(town, dice.chance(0.5));
  flaws.push(...(await flawsAtTheEnd(sim, stations, town.elsewhere)));
  // Started once more, every program finds what it left.
  for (const station of stations) station.kill();
  flaws.push(...(await quietAgain(town)));
  await steps.look(await sim.base.truth());
  flaws.push(...steps.flaws, ...(await flawsAtTheEnd(sim, stations, town.elsewhere)));
  const decisions = [...(await sim.base.truth()).decisions.values()].filter(({ actor }) => actor !== 'system');
  const count = (status: string): number => decisions.filter((one) => one.status === status).length;
  return {
    seed,
    flaws: [...new Map(flaws.map((one) => [`${one.invariant} ${one.seen}`, one])).values()],
    saved: stations.reduce((sum, { books }) => sum + books.saved.length, 0),
    applied: count('applied'),
    rejected: count('rejected'),
    merged: count('merged'),
    hits: weather.hits,
    traces: stations.map(traced),
  };
}

const traced = (station: SimWorkstation): string =>
  [
    `${station.actor.id} at ${station.pc.device}`,
    ...station.trace().map((line) => JSON.stringify({ ...line, at: line.at - START })),
  ].join('\n');

/** The last one shares the workstation of the first, who is signed in. */
function shareFirst(stations: SimWorkstation[], other: SimWorkstation): void {
  const [first] = stations;
  if (!first) return;
  first.roommate = other;
  other.roommate = first;
  stations.push(other);
}

/**
 * The weather clears. `pressed`: the officers press the switch once more, as one does when the line is back; then what waits must
 * be sent within half a minute. Left alone, it may take the last hanging request and the longest pause besides. Where two officers
 * share a workstation, each has now a place of their own.
 */
async function heal(town: Town, pressed: boolean): Promise<Flaw[]> {
  const { weather, sim, time, stations } = town;
  weather.clear();
  sim.up = true;
  sim.earlier = false;
  for (const { pc } of stations) Object.assign(pc.line, newLine());
  await allComeBack(town);
  for (const station of stations) station.signIn();
  await time.run(DRAIN_MS, () => stations.every((station) => station.copy() !== undefined));
  for (const station of stations) {
    if (pressed) station.setWorkOffline(true);
    station.setWorkOffline(false);
  }
  const sent = (): boolean => stations.every((station) => station.copy()?.waiting().length === 0);
  const flaws: Flaw[] = [];
  const waiting = (): string =>
    stations.map((one) => `${one.actor.id}: ${one.copy()?.waiting().length ?? 'not running'}`).join(', ');
  if (!(await time.run(pressed ? DRAIN_MS : LAST_TRY_MS + DRAIN_MS, sent)))
    flaws.push(flaw('I13', `still waiting: ${waiting()}`));
  flaws.push(...(await quietAgain(town)), ...(await selfChecked(town)));
  return flaws;
}

/** The workstations compare all they have with the centre, by digests alone. */
async function selfChecked({ time, stations }: Town): Promise<Flaw[]> {
  const before = stations.map((station) => station.trace().length);
  for (const station of stations) station.check();
  await time.run(LOOK_MS);
  const lines = stations.map((station, i) =>
    station
      .trace()
      .slice(before[i])
      .filter(({ what }) => what === 'checked'),
  );
  return lines.flatMap((all, i) => {
    const who = stations[i]?.actor.id;
    if (all.length === 0) return [flaw('I3', `${who} could not compare its copy`)];
    return all.flatMap((line) => ('differ' in line && line.differ > 0 ? [flaw('I3', `${who}: ${JSON.stringify(line)}`)] : []));
  });
}

/** Until nothing is on its way any more; what was given meanwhile is heard of with the next look. */
async function quietAgain({ time, stations, sim }: Town): Promise<Flaw[]> {
  const flaws: Flaw[] = [];
  const quiet = (): boolean => stations.every((station) => isQuiet(station, sim));
  for (let rounds = 0; rounds < 2; rounds++) {
    if (!(await time.run(HEAL_MS, quiet))) flaws.push(flaw('I7', `not quiet: ${stations.map(standing).join(', ')}`));
    await time.run(LOOK_MS);
  }
  return flaws;
}

const standing = (station: SimWorkstation): string => {
  const cursors = (station.copy()?.cursors() ?? []).map(({ stream, seq }) => `${stream} ${seq}`);
  return `${station.actor.id}: ${station.copy()?.pending().length} pending, ${cursors.join(', ')}`;
};

/** Nothing waits, and the copy stands at the head of every stream it has. */
function isQuiet(station: SimWorkstation, sim: SimCentre): boolean {
  const copy = station.copy();
  if (!copy || copy.pending().length > 0) return false;
  const { streams } = station.actor;
  if (copy.cursors().some(({ stream }) => !streams.includes(stream))) return false;
  return streams.every((stream) => {
    const cursor = copy.cursor(stream);
    return cursor?.inStepAt && cursor.seq === (sim.heads.get(stream) ?? 0);
  });
}
