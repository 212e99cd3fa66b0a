/**
 * One history: the real engine on several workstations and the real protocol code of the centre, in one process, under
 * virtual time and seeded chance. Everything that can happen to messages and programs happens; then the weather clears,
 * and what is left must be right.
 */
import type { Actor } from '#shared/schema/mutation.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { diceOf } from '../support/dice.ts';
import { BUREAU, HEAD, LI, WANG, WORKER } from '../support/personas.ts';
import { VirtualTime } from '../support/virtual-time.ts';
import { anyDeed, beginning } from './generate.ts';
import { grantsOf, streamsAt } from './grants.ts';
import { type Flaw, flawsOf, watchSteps } from './oracle.ts';
import { type SimCentre, simCentre } from './sim-centre.ts';
import { type Faults, NO_FAULTS, type Weather } from './sim-wire.ts';
import { type SimWorkstation, type Spoil, simWorkstation } from './sim-workstation.ts';

const START = Date.UTC(2026, 0, 5, 1);
const HEAL_MS = 20 * 60_000;

export interface History {
  readonly seed: number;
  readonly flaws: readonly Flaw[];
  readonly saved: number;
  readonly applied: number;
  readonly rejected: number;
  readonly merged: number;
}

export interface Options {
  readonly deeds?: number;
  readonly spoil?: Spoil;
  /** Spoils the centre on purpose. */
  readonly spoilCentre?: (sim: SimCentre) => void;
}

export async function simulate(seed: number, { deeds = 30, spoil = {}, spoilCentre }: Options = {}): Promise<History> {
  const dice = diceOf(seed);
  const time = new VirtualTime(START);
  const sim = simCentre(dice, time);
  spoilCentre?.(sim);
  const actors = [WANG, dice.pick([LI, WANG, HEAD]), dice.pick([HEAD, BUREAU, WORKER])];
  for (const [district, commands] of beginning(dice, actors)) {
    const odd = await applyAsSystem(sim.centre, district, commands);
    if (odd.length > 0) throw new Error(`seed ${seed}: the beginning was refused: ${JSON.stringify(odd)}`);
  }
  // Swarm: each history draws its own rates, some of them zero.
  const rate = (most: number): number => (dice.chance(0.4) ? 0 : dice.fraction() * most);
  const weather: Weather = { faults: stormOf(rate) };
  const stations = actors.map((actor) => simWorkstation(dice, time, sim, weather, actor, spoil));
  for (const station of stations) await station.start();
  const steps = watchSteps(sim, stations);
  const kills = rate(0.25);
  const outages = rate(0.15);
  const grantMoves = rate(0.1);
  const newEpochs = rate(0.05);

  for (let i = 0; i < deeds; i++) {
    await time.run(dice.below(dice.chance(0.2) ? 60_000 : 1500));
    const station = dice.pick(stations);
    const { disk } = station;
    const see = (table: string, id: string) => disk.rows.get(`${table}/${id}`);
    const choices = Array.from({ length: 6 }, () => anyDeed(dice, see, () => dice.uuid()));
    void station.do(choices).catch((error: unknown) => sim.defects.push(error));
    if (dice.chance(kills)) dice.pick(stations).killAfter(1 + dice.below(12));
    if (dice.chance(kills / 8)) dice.pick(stations).killAndWipe(1 + dice.below(12));
    if (dice.chance(outages)) restartCentre(sim, time, dice.below(40_000));
    if (dice.chance(outages)) unplug(dice.pick(stations), time, dice.below(120_000));
    if (dice.chance(0.05)) dice.pick(stations).setWorkOffline(dice.chance(0.5));
    if (dice.chance(grantMoves)) await moveGrant(sim, time, dice.pick(actors), () => dice.uuid());
    if (dice.chance(newEpochs)) sim.store.state = { ...sim.store.state, epoch: dice.uuid() };
    await time.run(0);
    await steps.look();
  }

  weather.faults = NO_FAULTS;
  sim.up = true;
  for (const station of stations) {
    station.killAfter(Number.POSITIVE_INFINITY);
    station.line.up = true;
  }
  await time.run(30_000);
  for (const station of stations) station.setWorkOffline(false);
  const quiet = await time.run(HEAL_MS, () => stations.every((station) => isQuiet(station, sim)));
  const decisions = [...sim.store.state.decisions.values()].filter(({ actor }) => actor !== 'system');
  const count = (status: string): number => decisions.filter((one) => one.status === status).length;
  return {
    seed,
    flaws: [...steps.flaws, ...(await flawsOf(sim, stations, quiet))],
    saved: stations.reduce((sum, { saved }) => sum + saved.length, 0),
    applied: count('applied'),
    rejected: count('rejected'),
    merged: count('merged'),
  };
}

const stormOf = (rate: (most: number) => number): Faults => ({
  dropRequest: rate(0.3),
  dropAnswer: rate(0.3),
  duplicate: rate(0.3),
  delay: rate(0.2),
  cut: rate(0.2),
  portal: rate(0.1),
  badGateway: rate(0.1),
  failSave: rate(0.15),
  dropPoke: rate(0.8),
});

/** Withdraws the officer's grant on the district, or gives it again. */
async function moveGrant(sim: SimCentre, time: VirtualTime, actor: Actor, uuid: () => string): Promise<void> {
  const now = time.now();
  const given = grantsOf(sim, actor.id).find(({ until }) => until === null || until > now);
  const command = given
    ? { name: 'grants.withdraw', args: { id: given.id, until: now }, at: now }
    : {
        name: 'grants.give',
        args: { id: uuid(), officerId: actor.id, stream: `d:${actor.districtId}`, since: now, until: null },
        at: now,
      };
  sim.failNextSave = false;
  await applyAsSystem(sim.centre, actor.districtId, [command]);
}

function restartCentre(sim: SimCentre, time: VirtualTime, ms: number): void {
  sim.up = false;
  time.after(ms, () => {
    sim.up = true;
  });
}

function unplug(station: SimWorkstation, time: VirtualTime, ms: number): void {
  station.line.up = false;
  time.after(ms, () => {
    station.line.up = true;
  });
}

/** Nothing waits, and the copy stands at the head of every stream it has. */
function isQuiet(station: SimWorkstation, sim: SimCentre): boolean {
  const copy = station.copy();
  if (!copy || copy.pending().length > 0) return false;
  const heads = new Map([...sim.store.state.streams].map(([stream, { commits }]) => [stream, commits.at(-1)?.seq ?? 0]));
  const granted = streamsAt(sim, station.actor, sim.centre.now());
  const held = copy.cursors().map(({ stream }) => stream);
  if (held.some((stream) => !granted.includes(stream))) return false;
  return granted.every((stream) => {
    const cursor = copy.cursor(stream);
    return cursor?.inStepAt && cursor.seq === (heads.get(stream) ?? 0);
  });
}
