import type { AnyRow } from '#shared/schema/table.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { OutboxRow } from '../../renderer/sync/ports.ts';
import { isOnTop } from '../../renderer/sync/pending.ts';
import { rebase } from '../../renderer/sync/rebase.ts';
import { firstBadLine } from '../../server/audit/chain.ts';
import { memoryCache } from '../support/memory-client.ts';
import { streamsAt } from './grants.ts';
import type { SimCentre } from './sim-centre.ts';
import type { SimWorkstation } from './sim-workstation.ts';

/** One promise that was broken: its name in docs/sync.md and what was seen. */
export interface Flaw {
  readonly promise: string;
  readonly seen: string;
}

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );

/** What must hold after every step, not only in the end. */
export interface Watch {
  readonly flaws: Flaw[];
  look(): Promise<void>;
}

export function watchSteps(sim: SimCentre, stations: readonly SimWorkstation[]): Watch {
  const flaws: Flaw[] = [];
  const last = new Map<string, { readonly disk: unknown; readonly drops: number; readonly seq: number }>();

  function cursorsRise(place: number, { disk }: SimWorkstation): void {
    for (const { stream, seq } of disk.cursors.values()) {
      const key = `${place}/${stream}`;
      const before = last.get(key);
      const drops = disk.drops.get(stream) ?? 0;
      if (before && before.disk === disk && before.drops === drops && before.seq > seq)
        flaws.push({ promise: 'cursors never go back', seen: `${key}: ${before.seq} → ${seq}` });
      last.set(key, { disk, drops, seq });
    }
  }

  /** The copy is the centre's rows as they were last heard with my pending mutations on top, so own work shows at once. */
  async function topsStand(place: number, station: SimWorkstation): Promise<void> {
    const { disk, actor } = station;
    const all = station.copy()?.pending();
    if (!all) return;
    const pending = all.filter((row) => isOnTop(row, disk.cursors, actor.streams));
    const granted = (row: OutboxRow): boolean => row.streams.some((stream) => actor.streams.includes(stream));
    for (const row of all)
      if (!pending.includes(row) && granted(row) && !sim.store.state.decisions.has(row.mid))
        flaws.push({ promise: 'own work shows at once, on the newest rows', seen: `${place} ${row.name} is not on top` });
    const shadows = new Map([...disk.shadows].map(([key, shadow]) => [key, { ...shadow, top: undefined }]));
    const { changes } = await rebase(memoryCache(disk), shadows, [], pending, actor);
    for (const [table, rows] of changes.puts)
      for (const row of rows)
        if (canonical(disk.rows.get(`${table}/${row.id}`)) !== canonical(row))
          flaws.push({ promise: 'own work shows at once, on the newest rows', seen: `${place} ${table}/${row.id}` });
    for (const [table, ids] of changes.removes)
      for (const id of ids)
        if (disk.rows.has(`${table}/${id}`))
          flaws.push({ promise: 'own work shows at once, on the newest rows', seen: `${place} ${table}/${id} is still there` });
  }

  return {
    flaws,
    async look() {
      for (const [place, station] of stations.entries()) {
        cursorsRise(place, station);
        await topsStand(place, station);
      }
    },
  };
}

/** Everything that is not as promised once all is quiet. */
export async function flawsOf(sim: SimCentre, stations: readonly SimWorkstation[], quiet: boolean): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = [];
  const say = (promise: string, seen: unknown): void => void flaws.push({ promise, seen: String(seen) });
  if (!quiet)
    say(
      'what waits is sent once the line is back',
      stations.map((one) => `${one.actor.id}: ${one.copy()?.pending().length ?? 'not running'}`),
    );
  for (const defect of sim.defects) say('no defect', defect instanceof Error ? defect.stack : defect);
  decided(sim, stations, say);
  await audited(sim, stations, say);
  for (const station of stations) {
    equalCopies(sim, station, say);
    keptRefusals(sim, station, say);
  }
  return flaws;
}

type Say = (promise: string, seen: unknown) => void;

/** What was saved is decided; what is decided was begun on that workstation. */
function decided(sim: SimCentre, stations: readonly SimWorkstation[], say: Say): void {
  const { decisions } = sim.store.state;
  const begun = new Set(stations.flatMap((station) => [...station.begun]));
  for (const { saved, actor } of stations)
    for (const mid of saved) if (!decisions.has(mid)) say('saved means saved', `${actor.id}: ${mid} was never decided`);
  for (const { mid, actor } of decisions.values())
    if (actor !== 'system' && !begun.has(mid)) say('only what somebody did is decided', mid);
}

/** One audit line for each decision, in the order in which each workstation did its work. */
async function audited(sim: SimCentre, stations: readonly SimWorkstation[], say: Say): Promise<void> {
  const lines = [...sim.store.state.audit.values()].flat();
  for (const chain of sim.store.state.audit.values()) {
    const bad = await firstBadLine(chain, chain.at(-1) ?? { no: 0, hash: '' });
    if (bad !== undefined) say('the audit chain verifies', bad);
  }
  const seen = new Set<string>();
  for (const { mid } of lines) {
    if (seen.has(mid)) say('applied at most once', mid);
    seen.add(mid);
  }
  for (const { device, saved, actor } of stations) {
    for (const chain of sim.store.state.audit.values()) {
      const order = chain.filter((line) => line.device === device && saved.includes(line.mid)).map(({ mid }) => mid);
      const mine = saved.filter((mid) => order.includes(mid));
      if (canonical(order) !== canonical(mine)) say('work is decided in the order it was done', actor.id);
    }
  }
}

/** The copy equals the centre, row by row, in every stream of the officer, and holds nothing else. */
function equalCopies(sim: SimCentre, station: SimWorkstation, say: Say): void {
  const theirs = new Map<string, AnyRow>();
  const granted = streamsAt(sim, station.actor, sim.centre.now());
  for (const [stream, { rows }] of sim.store.state.streams) {
    if (!granted.includes(stream)) continue;
    for (const { change } of rows.values()) {
      const table = tableOfKind.get(change.kind)?.name ?? '';
      const row = sim.store.state.rows.get(table)?.get(`${change.districtId}/${change.id}`)?.row;
      if (!change.deleted && row) theirs.set(`${table}/${change.id}`, row);
    }
  }
  const ours = station.disk.rows;
  for (const key of new Set([...theirs.keys(), ...ours.keys()])) {
    const [left, right] = [canonical(ours.get(key) ?? null), canonical(theirs.get(key) ?? null)];
    if (left !== right) say('copies equal the centre', `${station.actor.id} ${key}\n  here   ${left}\n  centre ${right}`);
  }
  if (station.disk.shadows.size > 0) say('nothing half done is left', [...station.disk.shadows.keys()]);
}

/** Every refusal and every difference of mine is kept on my workstation, with both values. */
function keptRefusals(sim: SimCentre, station: SimWorkstation, say: Say): void {
  for (const mid of station.saved) {
    const decision = sim.store.state.decisions.get(mid);
    if (!decision || decision.status === 'applied') continue;
    const issue = station.disk.issues.get(mid);
    if (!issue) say('no refusal is lost', `${decision.status} ${decision.name} ${decision.code}`);
    else if (decision.status === 'merged' && canonical(issue.conflicts) !== canonical(decision.conflicts))
      say('both values are kept', mid);
  }
}
