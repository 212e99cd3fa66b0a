/** What must hold once all is quiet. */
import type { AnyRow } from '#shared/schema/table.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import { firstBadLine } from '../../server/audit/chain.ts';
import { rowAt, type Truth } from './centre-base.ts';
import { streamsAt } from './grants.ts';
import { flaw, type Flaw, type Invariant } from './invariants.ts';
import { decidedAnew } from './re-decide.ts';
import type { SimCentre } from './sim-centre.ts';
import type { DiskView } from './sim-disk.ts';
import type { SimWorkstation } from './sim-workstation.ts';
import { textOf } from './tale.ts';

type Say = (invariant: Invariant, seen: string) => void;

/** `elsewhere`: mutations that somebody did at no workstation of the history. */
export async function flawsAtTheEnd(
  sim: SimCentre,
  stations: readonly SimWorkstation[],
  elsewhere: ReadonlySet<string>,
): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = stations.flatMap((station) => station.flaws);
  const say: Say = (invariant, seen) => void flaws.push(flaw(invariant, seen));
  const truth = await sim.base.truth();
  for (const defect of sim.defects) say('defect', String(defect instanceof Error ? defect.stack : defect));
  onlyWhatWasDone(truth, stations, elsewhere, say);
  await audited(sim, truth, stations, say);
  for (const seen of await decidedAnew(truth, sim.tale)) say('I10', seen);
  for (const station of stations) {
    const view = await station.view();
    const named: Say = (invariant, seen) => say(invariant, `${station.actor.id}: ${seen}`);
    decided(truth, station, view, named);
    equalCopies(truth, station, view, sim.centre.now(), named);
    keptRefusals(truth, station, view, named);
  }
  return flaws;
}

/** I1: what is decided was done, and what was called not saved is not decided. */
function onlyWhatWasDone(truth: Truth, stations: readonly SimWorkstation[], elsewhere: ReadonlySet<string>, say: Say): void {
  const begun = new Set([...stations.flatMap((station) => [...station.begun]), ...elsewhere]);
  for (const { mid, actor } of truth.decisions.values())
    if (actor !== 'system' && !begun.has(mid)) say('I1', `nobody did ${mid}`);
  for (const { takenBack, actor } of stations)
    for (const mid of takenBack)
      if (truth.decisions.has(mid)) say('I1', `${actor.id} was told that ${mid} is not saved, and it was decided`);
}

/** I1, I7: what was saved is decided, or refused here; nothing waits. */
function decided(truth: Truth, { saved, forgotten, takenBack }: SimWorkstation, view: DiskView, say: Say): void {
  for (const mid of saved)
    if (!truth.decisions.has(mid) && view.issues.get(mid)?.status !== 'rejected' && !forgotten.has(mid))
      say(
        'I1',
        `${mid} was never decided, here ${view.outbox.get(mid)?.state ?? view.issues.get(mid)?.status ?? (view.knows(mid) ? 'done' : 'unknown')}`,
      );
  for (const { mid, name, state } of view.outbox.values()) if (!takenBack.has(mid)) say('I7', `${name} is ${state}`);
  for (const key of view.shadows.keys()) say('I11', `${key} still has a shadow`);
}

/** I2, I4, I10: one audit line for each decision, under the right name, in the order in which each workstation did its work. */
async function audited(sim: SimCentre, truth: Truth, stations: readonly SimWorkstation[], say: Say): Promise<void> {
  const seen = new Set<string>();
  for (const chain of truth.audit.values()) {
    const bad = await firstBadLine(chain, chain.at(-1) ?? { no: 0, hash: '' });
    if (bad !== undefined) say('I10', `the chain breaks at line ${bad}`);
    for (const { mid, status, code } of chain) {
      if (seen.has(mid)) say('I2', `${mid} was decided twice: ${status} ${code}`);
      seen.add(mid);
    }
  }
  for (const { mid } of truth.decisions.values()) if (!seen.has(mid)) say('I10', `no audit line of ${mid}`);
  for (const station of stations) {
    // A centre that was restored and a workstation that lost its outbox: what was refused before is decided anew, when it comes.
    const bothLost = sim.restores > 0 && station.lostOutbox();
    const times = new Map<string, number>();
    for (const chain of truth.audit.values()) {
      const lines = chain.filter(({ mid }) => station.begun.has(mid));
      for (const { mid, actor, device, receivedAt } of lines) {
        times.set(mid, receivedAt);
        if (actor !== station.actor.id || device !== station.pc.device) say('I10', `${mid} stands under ${actor} at ${device}`);
      }
      const order = lines.map(({ mid }) => mid).filter((mid) => station.saved.includes(mid));
      const mine = station.saved.filter((mid) => order.includes(mid));
      if (!bothLost && order.join() !== mine.join())
        say('I4', `${station.actor.id} did ${mine.join()}\n  decided ${order.join()}`);
    }
    const whole = station.saved.flatMap((mid) => times.get(mid) ?? []);
    if (!bothLost && whole.some((time, i) => time < (whole[i - 1] ?? 0)))
      say('I4', `${station.actor.id}: work in two districts changed places`);
  }
}

/** I3: the copy equals the centre in every stream of the officer, and holds nothing else. */
function equalCopies(truth: Truth, station: SimWorkstation, view: DiskView, now: number, say: Say): void {
  const theirs = new Map<string, AnyRow>();
  for (const stream of streamsAt(truth, station.actor.id, now)) {
    for (const { kind, districtId, id, deleted } of truth.streams.get(stream)?.feed ?? []) {
      const table = tableOfKind.get(kind)?.name ?? '';
      const row = rowAt(truth, table, districtId, id);
      if (!deleted && row) theirs.set(`${table}/${id}`, row);
    }
  }
  for (const key of new Set([...theirs.keys(), ...view.rows.keys()])) {
    const [left, right] = [textOf(view.rows.get(key) ?? null), textOf(theirs.get(key) ?? null)];
    if (left !== right) say('I3', `${key}\n  here   ${left}\n  centre ${right}`);
  }
}

/** I8: every refusal and every difference is kept where it was done, with both values. */
function keptRefusals(truth: Truth, station: SimWorkstation, view: DiskView, say: Say): void {
  for (const mid of station.saved) {
    const decision = truth.decisions.get(mid);
    if (!decision || decision.status === 'applied' || station.forgotten.has(mid)) continue;
    const issue = view.issues.get(mid);
    if (!issue) say('I8', `${decision.status} ${decision.name} ${decision.code} was told to nobody`);
    else if (issue.status !== decision.status || textOf(issue.conflicts) !== textOf(decision.conflicts ?? []))
      say('I8', `${mid} is ${decision.status}, kept as ${issue.status} ${textOf(issue.conflicts)}`);
  }
}
