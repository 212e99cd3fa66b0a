/** What must hold after every event, on every workstation that runs and waits for nothing. */
import type { AnyRow } from '#shared/schema/table.ts';
import { tableOfKind, tableOfName } from '#shared/tables/index.ts';
import { isOnTop } from '../../renderer/sync/pending.ts';
import type { CursorRow } from '../../renderer/sync/ports.ts';
import { rebase } from '../../renderer/sync/rebase.ts';
import { emptyDisk, memoryCache } from '../support/memory-client.ts';
import { rowAt, type Truth } from './centre-base.ts';
import { flaw, type Flaw, type Invariant } from './invariants.ts';
import type { DiskView } from './sim-disk.ts';
import type { SimWorkstation } from './sim-workstation.ts';
import { type Tale, textOf } from './tale.ts';

export interface Watch {
  readonly flaws: Flaw[];
  look(truth: Truth): Promise<void>;
}

const NO_DISK = emptyDisk();

type Say = (invariant: Invariant, seen: string) => void;

export function watchSteps(tale: Tale, stations: readonly SimWorkstation[]): Watch {
  const flaws: Flaw[] = [];
  const places = stations.map((station) => ({
    station,
    rowsSeen: new Map<string, Seen>(),
    cursorsSeen: new Map<string, Seen>(),
  }));
  return {
    flaws,
    async look(truth) {
      for (const { station, rowsSeen, cursorsSeen } of places) {
        if (!station.atRest()) continue;
        const say: Say = (invariant, seen) => void flaws.push(flaw(invariant, `${station.actor.id}: ${seen}`));
        const view = await station.view();
        known(station, view, say);
        await inBothHomes(station, say);
        shown(station, view, truth, say);
        await topsStand(station, view, say);
        permitted(station, view, say);
        complete(view, truth, say);
        cursorsRise(station, view, cursorsSeen, say);
        rowsRise(tale, station, view, rowsSeen, say);
      }
    },
  };
}

/** I1: whatever was saved is known here. */
function known({ books: { saved, forgotten } }: SimWorkstation, view: DiskView, say: Say): void {
  for (const mid of saved) if (!forgotten.has(mid) && !view.knows(mid)) say('I1', `${mid} is not known here any more`);
}

/** I1: what was saved and waits has its line in the journal too, unless the disk spoiled it. */
async function inBothHomes(station: SimWorkstation, say: Say): Promise<void> {
  const { entries, damaged } = await station.disk.journal.read();
  if (damaged > 0) return;
  for (const { mid } of station.copy()?.waiting() ?? [])
    if (station.books.saved.includes(mid) && !entries.some(({ text }) => text.includes(mid)))
      say('I1', `${mid} waits in the outbox alone`);
}

/** I1: what the centre has applied stays on top until the stream has brought it back. */
function shown(station: SimWorkstation, view: DiskView, truth: Truth, say: Say): void {
  for (const mid of station.books.saved) {
    const decision = truth.decisions.get(mid);
    if (!decision || decision.status === 'rejected' || view.outbox.has(mid) || station.books.forgotten.has(mid)) continue;
    for (const [stream, head] of Object.entries(decision.heads)) {
      const cursor = view.cursors.get(stream);
      if (cursor && inHistory(truth, cursor) && cursor.seq < head && station.actor.streams.includes(stream))
        say('I1', `${decision.name} is not shown any more, and the copy stands at ${cursor.seq} of ${head}`);
    }
  }
}

/** I11: the copy is what was last heard of the centre's rows with what waits on top, and what waits in memory waits on disk. */
async function topsStand(station: SimWorkstation, view: DiskView, say: Say): Promise<void> {
  const all = station.copy()?.pending() ?? [];
  // What could not be taken back goes at the next start.
  const onDisk = [...view.outbox.keys()].filter((mid) => !station.books.takenBack.has(mid));
  const held = all.map(({ mid }) => mid);
  if (held.toSorted().join() !== onDisk.toSorted().join()) say('I11', `${held.length} wait, ${onDisk.length} on disk`);
  const pending = all.filter((row) => isOnTop(row, view.cursors, station.actor.streams));
  const shadows = new Map([...view.shadows].map(([key, shadow]) => [key, { ...shadow, top: undefined }]));
  const { changes } = await rebase(memoryCache({ ...NO_DISK, rows: new Map(view.rows) }), shadows, [], pending, station.actor);
  for (const [table, rows] of changes.puts)
    for (const row of rows)
      if (textOf(view.rows.get(`${table}/${row.id}`) ?? null) !== textOf(row))
        say('I11', `${table}/${row.id} is not as it was done`);
  for (const [table, ids] of changes.removes)
    for (const id of ids) if (view.rows.has(`${table}/${id}`)) say('I11', `${table}/${id} is still there`);
  for (const { table, id } of changes.shadowRemoves) say('I11', `${table}/${id} has a shadow, and nothing waits on it`);
}

const streamOf = (key: string, row: AnyRow): string => tableOfName.get(key.slice(0, key.indexOf('/')))?.streamOf(row) ?? '';

/** I6: once the centre was met, nothing is here that the officer may not read. */
function permitted(station: SimWorkstation, view: DiskView, say: Say): void {
  if (!station.online()) return;
  const { streams } = station.actor;
  for (const stream of view.cursors.keys()) if (!streams.includes(stream)) say('I6', `a cursor of ${stream}`);
  for (const [key, row] of view.rows) {
    const stream = streamOf(key, row);
    if (!streams.includes(stream) && !view.shadows.has(key)) say('I6', `${key} of ${stream}`);
  }
}

/** The centre's version of a row as it is held here. */
const below = (view: DiskView, key: string): AnyRow | null => {
  const shadow = view.shadows.get(key);
  return shadow ? shadow.row : (view.rows.get(key) ?? null);
};

/** Does the cursor belong to the history the centre now has? */
function inHistory(truth: Truth, { stream, seq, mark, epoch }: CursorRow): boolean {
  const commit = truth.streams.get(stream)?.commits.findLast((one) => one.seq <= seq);
  return epoch === truth.epoch && commit !== undefined && commit.mark === mark;
}

/** I12: of everything up to the cursor the copy has the newest. */
function complete(view: DiskView, truth: Truth, say: Say): void {
  for (const cursor of view.cursors.values()) {
    if (!inHistory(truth, cursor)) continue;
    for (const { kind, districtId, id, seq, deleted } of truth.streams.get(cursor.stream)?.feed ?? []) {
      if (seq > cursor.seq) continue;
      const table = tableOfKind.get(kind)?.name ?? '';
      const [ours, theirs] = [below(view, `${table}/${id}`), deleted ? null : (rowAt(truth, table, districtId, id) ?? null)];
      // What was taken out of this stream may have come into another one.
      if (textOf(ours) !== textOf(theirs) && !(deleted && ours))
        say('I12', `${table}/${id} at ${seq}, the cursor at ${cursor.seq}`);
      if (deleted && ours && tableOfName.get(table)?.streamOf(ours) === cursor.stream)
        say('I12', `${table}/${id} is still there`);
    }
  }
}

interface Seen {
  /** Which history the stream is of, and how often it had been forgotten. */
  readonly era: string;
  readonly place: number;
}

/** I5: a cursor only rises, until its stream is forgotten. */
function cursorsRise(station: SimWorkstation, view: DiskView, seen: Map<string, Seen>, say: Say): void {
  for (const { stream, seq } of view.cursors.values()) {
    const era = eraOf(station, view, stream);
    const before = risen(seen, stream, era);
    if (before > seq) say('I5', `the cursor of ${stream} went from ${before} to ${seq}`);
    seen.set(stream, { era, place: seq });
  }
}

/** I5: every row looks as it once did at the centre, and never as it did before it looked as it does, until its stream is forgotten. */
function rowsRise(tale: Tale, station: SimWorkstation, view: DiskView, seen: Map<string, Seen>, say: Say): void {
  for (const key of new Set([...view.rows.keys(), ...view.shadows.keys()])) {
    const row = below(view, key);
    if (row === null) continue;
    const looks = tale.looks.get(key) ?? [];
    const era = eraOf(station, view, streamOf(key, row));
    const before = risen(seen, key, era);
    // Where it looked like this several times, the first of them that fits.
    const place = looks.indexOf(textOf(row), before);
    if (place === -1)
      say(
        'I5',
        looks.includes(textOf(row)) ? `${key} went back from version ${before}` : `${key} never looked like this at the centre`,
      );
    seen.set(key, { era, place: Math.max(0, place) });
  }
}

const eraOf = (station: SimWorkstation, view: DiskView, stream: string): string =>
  `${view.cursors.get(stream)?.epoch} ${station.books.drops.get(stream) ?? 0}`;

/** How far it had risen in this history. */
function risen(seen: ReadonlyMap<string, Seen>, key: string, era: string): number {
  const before = seen.get(key);
  return before?.era === era ? before.place : 0;
}
