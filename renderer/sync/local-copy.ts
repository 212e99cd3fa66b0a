/**
 * Everything that writes on this workstation goes through here, one step after the other.
 *
 * Invariants
 * 1. A mutation is saved when it is in the outbox and in the journal; only then does the copy show it. If one of them refuses,
 *    it is taken back from the other and the officer is told that nothing was saved.
 * 2. Rows, shadows and cursor of a page are written in one transaction; a page that does not begin where the cursor stands is
 *    discarded, so two overlapping pulls cannot put an older row over a newer one.
 * 3. A kill between any two steps is healed by `open`: the copy is made again from shadows and pending mutations.
 * 4. A store that failed or went silent may have done its work all the same: before the next step what lies there is read anew.
 */
import { Fault } from '#shared/errors.ts';
import type { Actor } from '#shared/schema/mutation.ts';
import { mustReach } from '#shared/domain/permission.ts';
import type { DigestRequest, Outcome } from '#shared/protocol/messages.ts';
import { parseJson } from '#shared/protocol/safe-json.ts';
import { districtStream } from '#shared/schema/stream.ts';
import { checkArgs, type Table } from '#shared/schema/table.ts';
import { attachments } from '#shared/tables/attachments.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import { districtOf } from './district-of.ts';
import { entryOf, voidOf } from './journal-entry.ts';
import { keyOf, type Standing, type Write } from './overlay-tx.ts';
import { issueOf } from './issue-of.ts';
import { isOnTop, isSettled } from './pending.ts';
import type { PulledPage } from './pulled-page.ts';
import type {
  CacheChanges,
  CacheStore,
  Clock,
  CursorRow,
  DoneRow,
  IssueRow,
  Journal,
  OutboxRow,
  OutboxStore,
  Random,
  Shadow,
  StreamSegment,
} from './ports.ts';
import { type Rebased, rebase, runOver, type ServerChange, type Shadows, split } from './rebase.ts';
import { OF_STORAGE } from './room.ts';
import { serial } from './serial.ts';
import { changesOf } from './page-rows.ts';

const KEEP_DONE_MS = 60 * 24 * 3600_000;
/** Entries of the journal that are worth rewriting its file. */
const TRIM_AFTER = 64;
const ENTRIES_AT_ONCE = 1000;
/** A photograph is kept a moment before the mutation that names it. */
const NAMED_WITHIN_MS = 24 * 3600_000;

export interface Stores {
  readonly cache: CacheStore;
  readonly outbox: OutboxStore;
  readonly journal: Journal;
}

export interface World {
  readonly clock: Clock;
  readonly random: Random;
  /** Turns one line of the journal into something only this officer can read. */
  readonly seal: (text: string) => string;
  /** Something that should not happen, for the log. */
  readonly defect: (error: unknown) => void;
}

export interface LocalCopy {
  /** Not yet settled, in order. */
  pending(): readonly OutboxRow[];
  waiting(): readonly OutboxRow[];
  cursor(stream: string): CursorRow | undefined;
  cursors(): readonly CursorRow[];
  mutate(name: string, args: Readonly<Record<string, unknown>>): Promise<{ readonly mid: string }>;
  /** Takes a page that was asked from where the cursor stood; false when it had moved meanwhile. */
  takePage(page: PulledPage): Promise<boolean>;
  /** Takes a segment of a stream that is being loaded for the first time; false when that is over. */
  takeSegment(taken: TakenSegment): Promise<boolean>;
  /** SHA-256 of the segments of a stream that are here. */
  segments(stream: string): Promise<readonly string[]>;
  /** Tables whose definition is another one than when their rows were taken: their kinds. */
  stale(): Promise<readonly number[]>;
  /**
   * Takes rows of some tables again, without moving the cursor, which stood at `seq` when they were asked for; false when it has
   * moved since, because then they may be older than what is here.
   */
  takeFill(page: PulledPage, seq: number): Promise<boolean>;
  /** Every row of these tables in every stream was taken again. */
  filled(kinds: readonly number[]): Promise<void>;
  /** What the copy holds of a stream that is in step, for the centre to compare; undefined while it is not. */
  digests(stream: string): Promise<DigestRequest | undefined>;
  /** Takes what the centre decided about mutations of mine. */
  decide(outcomes: readonly Outcome[]): Promise<void>;
  /** Forgets a stream; the next pull begins at 0, or never if it is no longer granted. */
  dropStream(stream: string): Promise<void>;
  /** The centre said that this stream has nothing newer. Kept in memory alone: it is true until the next page. */
  noteInStep(stream: string): void;
  /** The centre has another history: everything it acknowledged within 60 days is offered to it again. Answers how much that is. */
  offerAgain(): Promise<number>;
  /** Greatest `n` that was ever acknowledged here and is still known, 0 for none. */
  lastAcked(): number;
  /** The centre greeted: rows of another history are not taken from now on, and numbers up to `lastN` are used up. */
  meet(epoch: string, lastN: number): void;
  /** Writes down what was called not saved and could not be taken back yet; the next opening takes it back. */
  payOwed(): Promise<void>;
  /** What the officer may read and do from now on. */
  setActor(actor: Actor): Promise<void>;
  /** Added to the device clock, ms. */
  setOffset(offsetMs: number): void;
}

/** A segment that was verified, with its rows. */
export interface TakenSegment extends StreamSegment {
  readonly epoch: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: readonly ServerChange[];
}

/** What changed in the copy; for indexes in memory and for windows. 'all': anything may have. */
export type Hear = (changes: CacheChanges | 'all') => void;

export async function openLocalCopy(stores: Stores, world: World, firstActor: Actor, hear: Hear): Promise<LocalCopy> {
  const { cache, outbox, journal } = stores;
  const oneByOne = serial();
  /** A store failed: memory may say something else than the disk. */
  let doubtful = false;
  /** Called not saved, and not yet surely taken out of the outbox. */
  const refusedHere = new Set<string>();
  let actor = firstActor;
  let offsetMs = 0;
  /** Epoch of the centre as it last greeted; an answer to an older question may still come from the one before. */
  let history: string | undefined;
  const isOfAnother = (epoch: string): boolean => history !== undefined && history !== epoch;
  let journaled = TRIM_AFTER;
  /** Lines that take back what was called not saved, and could not be written yet. */
  const owed: string[] = [];
  let pending: readonly OutboxRow[] = [...(await outbox.rows())].toSorted((a, b) => a.n - b.n);
  let shadows: Shadows = await readShadows(cache);
  let cursors: ReadonlyMap<string, CursorRow> = new Map((await cache.cursors()).map((row) => [row.stream, row]));
  let lastDone = await outbox.lastDone();
  let lastN = Math.max(await outbox.lastN(), ...[...cursors.values()].map((row) => row.mine), 0);

  const onTop = (over: ReadonlyMap<string, CursorRow> = cursors): OutboxRow[] =>
    pending.filter((row) => isOnTop(row, over, actor.streams));

  async function write(rebased: Rebased): Promise<void> {
    await cache.apply(rebased.changes);
    shadows = rebased.shadows;
    hear(rebased.changes);
  }

  async function settle(): Promise<void> {
    const settled = pending.filter((row) => isSettled(row, cursors, actor.streams));
    if (settled.length === 0) return;
    const now = world.clock.now();
    const epoch = cursors.values().next().value?.epoch ?? '';
    const done: DoneRow[] = settled.map((row) => ({ ...row, epoch, doneAt: now }));
    await outbox.settle(done, now - KEEP_DONE_MS);
    lastDone = Math.max(lastDone, ...done.map(({ n }) => n));
    pending = pending.filter((row) => !settled.includes(row));
    await trimJournal();
  }

  /** Bytes that an attachment names, or may be about to name; what was taken back is not waited for. */
  async function evidenceWaits(): Promise<boolean> {
    const waiting = (await outbox.files()).filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return false;
    const named = new Set((await cache.all(attachments.name)).flatMap((row) => [row['sha256'], row['thumbSha256']]));
    const fresh = world.clock.now() - NAMED_WITHIN_MS;
    return waiting.some(({ sha256, addedAt }) => named.has(sha256) || addedAt > fresh);
  }

  /** The journal forgets what it holds, now and then, when nothing of it is undecided or refused and not dealt with. */
  async function trimJournal(): Promise<void> {
    if (journaled < TRIM_AFTER || pending.some((row) => row.state === 'waiting')) return;
    if ((await outbox.issues()).some(({ resolved }) => resolved === null)) return;
    if (await evidenceWaits()) return;
    journaled = 0;
    const last = (await journal.read()).entries.at(-1);
    if (last) await journal.trim(last.seq);
  }

  async function mutate(name: string, given: Readonly<Record<string, unknown>>): Promise<{ readonly mid: string }> {
    const known = mutationOfName.get(name);
    if (!known) throw new Fault('unknownMutation', 'no such mutation', { name });
    const args = checkArgs(known.mutation.args, parseJson(JSON.stringify(given)));
    const below = reading(cache);
    const district = await districtOf(known, args, actor, below);
    mustReach(actor, districtStream(district));
    const at = world.clock.now() + offsetMs;
    const tx = await runOver(below, { name, v: known.mutation.v, district, at, args }, actor);
    const row: OutboxRow = {
      // Beginning at the time of day, the count goes on upward even when outbox and journal were both lost.
      n: Math.max(lastN + 1, world.clock.now()),
      mid: world.random.uuid(),
      name,
      v: known.mutation.v,
      district,
      at,
      offsetMs,
      after: parentOf(tx.touched),
      args,
      state: 'waiting',
      streams: [districtStream(district)],
    };
    await keep(row);
    journaled += 1;
    lastN = row.n;
    pending = [...pending, row];
    try {
      await show(tx.writes, below);
    } catch (error) {
      // It is saved. The copy shows it after the next step, or after the next start.
      doubtful = true;
      world.defect(error);
    }
    return { mid: row.mid };
  }

  async function payOwed(): Promise<void> {
    if (owed.length === 0) return;
    await journal.append([...owed]);
    owed.length = 0;
  }

  async function withdrawRefused(): Promise<void> {
    for (const mid of refusedHere) {
      await outbox.withdraw(mid);
      refusedHere.delete(mid);
    }
  }

  /** In both homes at once, or in neither. */
  async function keep(row: OutboxRow): Promise<void> {
    await payOwed();
    const [inOutbox, inJournal] = await Promise.allSettled([outbox.add([row]), journal.append([world.seal(entryOf(row))])]);
    if (inOutbox.status === 'fulfilled' && inJournal.status === 'fulfilled') return;
    // Either of them may have kept it without being able to say so: it is taken back in both, now or in front of the next one.
    owed.push(world.seal(voidOf(row.mid)));
    refusedHere.add(row.mid);
    await withdrawRefused().catch(world.defect);
    await payOwed().catch(world.defect);
    throw (inJournal.status === 'rejected' ? inJournal : (inOutbox as PromiseRejectedResult)).reason;
  }

  /** The mutation of mine that made the newest row among those touched, while the centre has not decided it. */
  function parentOf(touched: ReadonlySet<string>): string | null {
    if (![...touched].some((key) => shadows.get(key)?.row === null)) return null;
    const made = pending.findLast((row) => {
      const known = mutationOfName.get(row.name);
      if (row.state !== 'waiting' || !known) return false;
      const key = keyOf(known.table.name, known.mutation.target(row.args));
      return touched.has(key) && shadows.get(key)?.row === null;
    });
    return made?.mid ?? null;
  }

  /** Puts the writes of the newest mutation on top; the rows below become shadows. */
  async function show(writes: ReadonlyMap<string, Write>, below: Below): Promise<void> {
    const next = new Map(shadows);
    const shadowPuts: Shadow[] = [];
    for (const [key, { table, id, row }] of writes) {
      const shadow = next.get(key) ?? { table: table.name, id, row: await below(table, id) };
      if (!next.has(key)) shadowPuts.push(shadow);
      next.set(key, { table: shadow.table, id, row: shadow.row, top: row });
    }
    await write({ changes: { ...split(writes.values()), shadowPuts, shadowRemoves: [] }, shadows: next, stuck: new Set() });
  }

  async function takePage(page: PulledPage): Promise<boolean> {
    const before = cursors.get(page.stream);
    if (
      isOfAnother(page.epoch) ||
      !actor.streams.includes(page.stream) ||
      (before?.seq ?? 0) !== page.from ||
      (before !== undefined && before.epoch !== page.epoch)
    )
      return false;
    const server: readonly ServerChange[] = changesOf(page.stream, page.rows);
    const whole = !page.more;
    const after: CursorRow = {
      stream: page.stream,
      seq: page.seq,
      mark: page.mark,
      epoch: page.epoch,
      mine: whole ? page.mine : (before?.mine ?? 0),
      rows: (before?.rows ?? 0) + (before?.inStepAt ? 0 : server.length),
      inStepAt: whole ? world.clock.now() : (before?.inStepAt ?? null),
      ...withPacked(page.packed ?? before?.packed),
    };
    await take(server, after, page.bytes);
    await settle();
    return true;
  }

  async function takeSegment({ stream, epoch, segment, bytes, rows }: TakenSegment): Promise<boolean> {
    const before = cursors.get(stream);
    if (
      isOfAnother(epoch) ||
      !actor.streams.includes(stream) ||
      (before !== undefined && (before.seq > 0 || before.epoch !== epoch))
    )
      return false;
    const counted = (before?.rows ?? 0) + rows.length;
    await take(rows, { stream, seq: 0, mark: '', epoch, mine: 0, rows: counted, inStepAt: null }, bytes, { stream, segment });
    return true;
  }

  /** Rows of the centre with the cursor after them, as they came in `bytes` where nothing of mine stands on any row. */
  async function take(
    server: readonly ServerChange[],
    cursor: CursorRow,
    bytes: CacheChanges['packed'],
    segment?: StreamSegment,
  ): Promise<void> {
    const before = shadows.size;
    const next = new Map(cursors).set(cursor.stream, cursor);
    const own = await ownOf(server, cursor.stream);
    const { changes, ...rest } = await rebase(cache, shadows, own, onTop(next), actor, cursor);
    const asTheyCame = own.length === server.length && before === 0 && rest.shadows.size === 0;
    const packed = bytes !== undefined && asTheyCame ? { packed: bytes } : {};
    await write({ ...rest, changes: { ...changes, ...packed, ...(segment ? { segment } : {}) } });
    cursors = next;
  }

  /** A row that has moved to another stream, and has come there first, is not taken away by the stream it left. */
  async function ownOf(server: readonly ServerChange[], stream: string): Promise<readonly ServerChange[]> {
    if (server.every(({ row }) => row !== null)) return server;
    const own: ServerChange[] = [];
    for (const change of server) {
      const { table, id, row } = change;
      const shadow = shadows.get(keyOf(table.name, id));
      const there = row === null ? (shadow ? shadow.row : await cache.get(table.name, id)) : undefined;
      if (!there || table.streamOf(there) === stream) own.push(change);
    }
    return own;
  }

  async function takeFill(page: PulledPage, seq: number): Promise<boolean> {
    if (isOfAnother(page.epoch) || cursors.get(page.stream)?.seq !== seq) return false;
    await write(await rebase(cache, shadows, await ownOf(changesOf(page.stream, page.rows), page.stream), onTop(), actor));
    return true;
  }

  async function digests(stream: string): Promise<DigestRequest | undefined> {
    const at = cursors.get(stream);
    if (!at?.inStepAt) return undefined;
    const forgottenAt = world.clock.now() + offsetMs;
    const sums = [...(await cache.digests(stream, forgottenAt))];
    // Beside other work: what came meanwhile makes them those of no moment.
    return cursors.get(stream)?.seq === at.seq ? { stream, seq: at.seq, mark: at.mark, forgottenAt, digests: sums } : undefined;
  }

  async function decide(outcomes: readonly Outcome[]): Promise<void> {
    const now = world.clock.now();
    const rows = new Map(pending.map((row) => [row.mid, row]));
    const acked: OutboxRow[] = [];
    const issues: IssueRow[] = [];
    // What was offered again and decided as before is not laid before the officer a second time.
    const told = outcomes.some(({ again, status }) => again && status !== 'applied')
      ? new Set((await outbox.issues()).map(({ mid }) => mid))
      : new Set<string>();
    for (const outcome of outcomes) {
      const row = rows.get(outcome.mid);
      if (!row || row.state !== 'waiting') continue;
      if (outcome.status !== 'rejected') acked.push({ ...row, state: 'acked', streams: Object.keys(outcome.heads) });
      if (outcome.status === 'rejected' || (outcome.status === 'merged' && !(outcome.again && told.has(row.mid))))
        issues.push(issueOf(row, outcome, now));
    }
    if (acked.length === 0 && issues.length === 0) return;
    await outbox.decide({ acked, issues });
    const refused = new Set(issues.filter((issue) => issue.status === 'rejected').map((issue) => issue.mid));
    const byMid = new Map(acked.map((row) => [row.mid, row]));
    pending = pending.filter((row) => !refused.has(row.mid)).map((row) => byMid.get(row.mid) ?? row);
    const moved = acked.some((row) => !isOnTop(row, cursors, actor.streams));
    if (refused.size > 0 || moved) await write(await rebase(cache, shadows, [], onTop(), actor));
    await settle();
  }

  async function dropStream(stream: string): Promise<void> {
    const removes = await cache.dropStream(stream);
    hear({ puts: new Map(), removes, shadowPuts: [], shadowRemoves: [] });
    shadows = await readShadows(cache);
    cursors = new Map([...cursors].filter(([name]) => name !== stream));
    await write(await rebase(cache, shadows, [], onTop(), actor));
  }

  async function offerAgain(): Promise<number> {
    const done = (await outbox.done()).map(({ epoch: _epoch, doneAt: _doneAt, ...row }): OutboxRow => row);
    const offered = [...done, ...pending.filter(({ state }) => state === 'acked')];
    const again = [...done, ...pending]
      .map((row): OutboxRow => ({ ...row, state: 'waiting', streams: [districtStream(row.district)] }))
      .toSorted((a, b) => a.n - b.n);
    // What waits has two homes again, as before it was acknowledged.
    for (let next = 0; next < offered.length; next += ENTRIES_AT_ONCE)
      await journal.append(offered.slice(next, next + ENTRIES_AT_ONCE).map((row) => world.seal(entryOf(row))));
    await outbox.reopen(again);
    lastDone = 0;
    journaled += offered.length;
    pending = again;
    await write(await rebase(cache, shadows, [], onTop(), actor));
    return offered.length;
  }

  const lastAcked = (): number => Math.max(lastDone, ...pending.filter(({ state }) => state === 'acked').map(({ n }) => n));

  async function readAnew(): Promise<void> {
    await withdrawRefused();
    await cache.reread();
    pending = [...(await outbox.rows())].toSorted((a, b) => a.n - b.n);
    lastDone = await outbox.lastDone();
    shadows = await readShadows(cache);
    cursors = new Map((await cache.cursors()).map((row) => [row.stream, row]));
    await write(await rebase(cache, shadows, [], onTop(), actor));
    doubtful = false;
    hear('all');
  }

  const inTurn = <T>(step: () => Promise<T>): Promise<T> =>
    oneByOne(async () => {
      if (doubtful) await readAnew();
      try {
        return await step();
      } catch (error) {
        doubtful ||= !(error instanceof Fault) || OF_STORAGE.includes(error.kind);
        throw error;
      }
    });

  await inTurn(async () => {
    await write(await rebase(cache, shadows, [], onTop(), actor));
    await settle();
  });

  return {
    pending: () => pending,
    waiting: () => pending.filter((row) => row.state === 'waiting'),
    cursor: (stream) => cursors.get(stream),
    cursors: () => [...cursors.values()],
    mutate: (name, args) => inTurn(() => mutate(name, args)),
    takePage: (page) => inTurn(() => takePage(page)),
    takeSegment: (taken) => inTurn(() => takeSegment(taken)),
    segments: (stream) => cache.segments(stream),
    stale: () => cache.stale(),
    takeFill: (page, seq) => inTurn(() => takeFill(page, seq)),
    filled: (kinds) => inTurn(() => cache.filled(kinds)),
    digests,
    decide: (outcomes) => inTurn(() => decide(outcomes)),
    dropStream: (stream) => inTurn(() => dropStream(stream)),
    noteInStep(stream) {
      const cursor = cursors.get(stream);
      if (cursor?.inStepAt) cursors = new Map(cursors).set(stream, { ...cursor, inStepAt: world.clock.now() });
    },
    offerAgain: () => inTurn(offerAgain),
    lastAcked,
    meet(epoch, given) {
      history = epoch;
      lastN = Math.max(lastN, given);
    },
    setActor: (next) =>
      inTurn(async () => {
        const same = JSON.stringify(next) === JSON.stringify(actor);
        actor = next;
        if (same) return;
        await write(await rebase(cache, shadows, [], onTop(), actor));
        await settle();
      }),
    payOwed: () => oneByOne(payOwed),
    setOffset: (ms) => {
      offsetMs = ms;
    },
  };
}

const withPacked = (packed: number | undefined): Pick<CursorRow, 'packed'> => (packed === undefined ? {} : { packed });

type Below = (table: Table, id: string) => Promise<Standing>;

/** Reads rows of the copy, each of them once. */
function reading(cache: CacheStore): Below {
  const read = new Map<string, Promise<Standing>>();
  return (table, id) => {
    const key = keyOf(table.name, id);
    const row = read.get(key) ?? cache.get(table.name, id).then((found) => found ?? null);
    read.set(key, row);
    return row;
  };
}

const readShadows = async (cache: CacheStore): Promise<Shadows> =>
  new Map((await cache.shadows()).map((shadow) => [keyOf(shadow.table, shadow.id), { ...shadow, top: undefined }]));
