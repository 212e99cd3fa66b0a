import { Fault } from '#shared/errors.ts';
import type { Actor } from '#shared/schema/mutation.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { leaseClaims } from '#shared/protocol/messages.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import type { TraceLine } from '../../renderer/sync/trace.ts';
import { type SyncEngine, startEngine } from '../../renderer/sync/engine.ts';
import { type LocalCopy, openLocalCopy } from '../../renderer/sync/local-copy.ts';
import type { CacheStore, Clock, Journal, OutboxRow, OutboxStore, Wire } from '../../renderer/sync/ports.ts';
import { recoverOutbox } from '../../renderer/sync/recover.ts';
import { actorAt } from '../../renderer/sync/rights.ts';
import type { Dice } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import type { Busy } from './busy.ts';
import type { Weather } from './faults.ts';
import type { Deed } from './generate.ts';
import { flaw, type Flaw } from './invariants.ts';
import { type KillName, type Life, newLife } from './life.ts';
import { type Pace, pace } from './pace.ts';
import type { SimCentre } from './sim-centre.ts';
import type { DiskView, OpenStores, SimDisk, Wiped } from './sim-disk.ts';
import { type Line, simWire } from './sim-wire.ts';
import { asEarlier } from './versions.ts';
import { commandsOf } from './tale.ts';

/** Real time, ms. */
const UNPACKING_MS = 50;
const NEVER = new Promise<never>(() => undefined);
const DISK_FAULTS = new Set(['diskFull', 'storageSlow']);

/** Where a test can spoil the engine on purpose, to see that the simulator notices. */
export interface Spoil {
  readonly outbox?: (real: OutboxStore) => OutboxStore;
  readonly cache?: (real: CacheStore) => CacheStore;
  readonly journal?: (real: Journal) => Journal;
  readonly wire?: (real: Wire, roommate: () => SimWorkstation | undefined) => Wire;
  readonly copy?: (real: LocalCopy) => LocalCopy;
  readonly clock?: (real: Clock) => Clock;
}

const spoiled = <T>(spoil: ((real: T) => T) | undefined, real: T): T => (spoil ? spoil(real) : real);

/** What officers share who sit at one workstation. */
export interface Pc {
  readonly device: string;
  readonly line: Line;
  /** What its clock shows beyond the time of day, ms. */
  clockShiftMs: number;
}

/** One officer's place at a workstation. */
export interface SimWorkstation {
  /** As the centre last said. */
  actor: Actor;
  readonly pc: Pc;
  readonly disk: SimDisk;
  /** Mutations whose officer was told 已保存, in order. */
  readonly saved: readonly string[];
  /** Ids of everything ever begun here. */
  readonly begun: ReadonlySet<string>;
  /** Mutations whose officer was told that nothing was saved. */
  readonly takenBack: ReadonlySet<string>;
  /** Decided, and no longer known here because a database was lost. */
  readonly forgotten: ReadonlySet<string>;
  /** Stream → how often it was forgotten, wipes counted. */
  readonly drops: ReadonlyMap<string, number>;
  readonly flaws: readonly Flaw[];
  /** Another officer at the same workstation. */
  roommate: SimWorkstation | undefined;
  copy(): LocalCopy | undefined;
  /** What waited when its program last ran. */
  lastWaiting(): readonly OutboxRow[];
  /** Runs, with every operation of its stores answered and the last of them well. */
  atRest(): boolean;
  online(): boolean;
  isSignedIn(): boolean;
  /** Did its outbox once come up empty? */
  lostOutbox(): boolean;
  /** Begins to start; a start may take its time, and may fail and be tried again. */
  signIn(): void;
  /** Signs out; what waits stays. */
  leave(): Promise<void>;
  kill(): void;
  /** The next program is of the newer version. */
  upgrade(): void;
  arm(kill: KillName): void;
  wipeAtNextStart(what: Wiped): void;
  /** Tries one deed after another until one is saved. */
  do(deeds: readonly Deed[]): Promise<void>;
  /** The officer has seen what was refused and lets it be. */
  dealWithIssues(): Promise<void>;
  setWorkOffline(on: boolean): void;
  /** Has the whole copy compared with the centre. */
  check(): void;
  /** What the engine noted, over all its lives, by the time of day. */
  trace(): readonly TraceLine[];
  view(): Promise<DiskView>;
  row(table: string, id: string): Promise<AnyRow | undefined>;
}

interface Surroundings {
  readonly time: VirtualTime;
  readonly sim: SimCentre;
  readonly weather: Weather;
  readonly dice: Dice;
  readonly spoil: () => Spoil;
  readonly midBatch: () => Promise<void>;
  readonly busy: Busy;
}

export function simWorkstation(
  { time, sim, weather, dice, spoil: spoilOnce, midBatch, busy }: Surroundings,
  officer: Actor,
  pc: Pc,
  disk: SimDisk,
): SimWorkstation {
  const session = { officerId: officer.id, districtId: officer.districtId, device: pc.device };
  const saved: string[] = [];
  const begun = new Set<string>();
  const takenBack = new Set<string>();
  const withdrawn = new Set<string>();
  const forgotten = new Set<string>();
  const drops = new Map<string, number>();
  const flaws: Flaw[] = [];
  const steps: Pace = pace(() => time.now(), flaws);
  /** The program is of the earlier version. */
  let earlier = weather.knows('earlierProgram') && dice.chance(0.7);
  /** Done with a program of the earlier version. */
  const doneEarlier = new Set<string>();
  /** Segments that came and are being unpacked. */
  const unpacking: (() => void)[] = [];
  let signedIn = false;
  let outboxLost = false;
  let wipeNext: Wiped | undefined;
  let lastWithdrawn: string | undefined;
  let life: (Life & ReturnType<typeof newLife>) | undefined;
  let stores: OpenStores | undefined;
  let outbox: OutboxStore | undefined;
  let waitingLast: readonly OutboxRow[] = [];
  let engine: SyncEngine | undefined;
  let copy: LocalCopy | undefined;
  const log: TraceLine[] = [];

  const forget = (stream: string): void => void drops.set(stream, (drops.get(stream) ?? 0) + 1);

  /** A refusal of the disk is told to whoever asked; it is no defect. */
  const defect = (error: unknown): void => {
    if (!(error instanceof Fault) || !DISK_FAULTS.has(error.kind)) sim.defects.push(error);
  };

  const uuid = (): string => {
    const drawn = dice.uuid();
    begun.add(drawn);
    return drawn;
  };

  /** Called not saved, and not yet written down as such: what becomes of it nobody can promise any more. */
  async function forgetUndone(): Promise<void> {
    const lines = (await disk.journal.read()).entries.map(({ text }) => text);
    for (const mid of takenBack)
      if (!withdrawn.has(mid) && !lines.some((text) => text.includes(`"void":"${mid}"`))) takenBack.delete(mid);
  }

  function died(): void {
    waitingLast = copy?.waiting() ?? waitingLast;
    copy = undefined;
    engine = undefined;
    outbox = undefined;
    stores?.close();
    stores = undefined;
    time.after(dice.below(20_000), begin);
  }

  async function wipe(what: Wiped): Promise<void> {
    const lines = (await disk.journal.read()).entries.map(({ text }) => text);
    if (what !== 'cache') outboxLost = true;
    if (what !== 'cache')
      for (const mid of saved) if (sim.tale.decided.has(mid) && !lines.some((text) => text.includes(mid))) forgotten.add(mid);
    if (what !== 'outbox') for (const stream of drops.keys()) forget(stream);
    await disk.wipe(what);
  }

  /** What is written down with the earlier program is written in its words. */
  function inWordsOf(row: OutboxRow): OutboxRow {
    if (!earlier || asEarlier(row) === row) return row;
    if (!doneEarlier.has(row.mid)) weather.struck('earlierProgram');
    doneEarlier.add(row.mid);
    return asEarlier(row);
  }

  const lineOf = (text: string): string => {
    const said = JSON.parse(text) as Partial<OutboxRow>;
    return said.mid !== undefined && doneEarlier.has(said.mid) ? JSON.stringify(asEarlier(said as OutboxRow)) : text;
  };

  /** Unpacking is real work: virtual time waits until the rows are taken, or for a moment when nobody takes them. */
  function unpacks(): void {
    const taken = Promise.withResolvers<void>();
    unpacking.push(taken.resolve);
    setTimeout(taken.resolve, UNPACKING_MS);
    void busy.with(taken.promise);
  }

  /** The line, watched: nobody's work goes under another name, and nobody hammers the centre. */
  function watchedLine(own: Life, spoil: Spoil): Wire {
    const real = simWire({ time, sim, weather, midBatch }, session, pc.line, dice);
    const wire = spoil.wire ? spoil.wire(real, () => self.roommate) : real;
    return {
      ...wire,
      async send(said) {
        const commands = commandsOf(said).map((one) => (doneEarlier.has(one.mid) ? asEarlier(one) : one));
        const request = commands.length > 0 ? { ...said, json: { ...(said.json as object), commands } } : said;
        for (const { mid, actor } of commandsOf(request))
          if (!begun.has(mid) || actor !== officer.id) flaws.push(flaw('I14', `${officer.id} sent ${mid} of ${actor}`));
        if (request.path.endsWith('/hello')) steps.tried();
        const answer = await wire.send(request);
        if (own.dead) return NEVER;
        if (request.path.includes('/segments/') && answer.status === 200 && answer.complete) unpacks();
        return answer;
      },
      events: (path, token, hear, signal) =>
        wire.events(
          path,
          token,
          (name, data) => {
            steps.woken();
            if (!own.dead) hear(name, data);
          },
          signal,
        ),
    };
  }

  async function open(own: NonNullable<typeof life>): Promise<void> {
    await forgetUndone();
    if (wipeNext) await wipe(wipeNext);
    wipeNext = undefined;
    const spoil = spoilOnce();
    const opened = await disk.open();
    stores = opened;
    const clock = spoiled(spoil.clock, {
      now: () => time.now() + pc.clockShiftMs,
      sleep: (ms: number, signal?: AbortSignal) => time.sleep(ms, signal).then(() => (own.dead ? NEVER : undefined)),
    });
    const random = { uuid, fraction: () => dice.fraction() };
    const mine = spoiled(spoil.outbox, own.mortal('outbox', opened.outbox));
    const whole = spoiled(spoil.journal, own.mortal('journal', disk.journal));
    const cache = spoiled(spoil.cache, own.mortal('cache', opened.cache));
    const found = await recoverOutbox(mine, whole, (text) => text);
    // As the desk does: lines that could not be read stay where they are.
    const journal = found.unreadable + found.damaged > 0 ? { ...whole, trim: async () => undefined } : whole;
    const noting: OutboxStore = {
      ...mine,
      add: (rows) => mine.add(rows.map(inWordsOf)),
      withdraw: async (mid) => {
        lastWithdrawn = mid;
        await mine.withdraw(mid);
        withdrawn.add(mid);
      },
    };
    const counting: CacheStore = {
      ...cache,
      dropStream: (stream) => {
        forget(stream);
        return cache.dropStream(stream);
      },
    };
    const local = await openLocalCopy(
      { cache: counting, outbox: noting, journal: { ...journal, append: (lines) => journal.append(lines.map(lineOf)) } },
      { clock, random, seal: (text) => text, defect },
      self.actor,
      (changes) => {
        if (changes !== 'all' && changes.cursor && !drops.has(changes.cursor.stream)) drops.set(changes.cursor.stream, 0);
      },
    );
    const wire = watchedLine(own, spoil);
    copy = local;
    outbox = noting;
    engine = startEngine({
      centre: (signal) => centreOver(wire, () => 'token', signal),
      copy: {
        ...spoiled(spoil.copy, local),
        takeSegment: (taken) => {
          unpacking.shift()?.();
          return local.takeSegment(taken);
        },
      },
      files: { run: async () => undefined },
      clock,
      random,
      about: { device: pc.device, deviceName: 'sim', app: 'sim' },
      officerId: officer.id,
      hasNetwork: () => true,
      freeBytes: () => null,
      mayStore: () => true,
      greeted: async ({ lease, now }) => {
        if (own.dead) return NEVER;
        self.actor = actorAt(leaseClaims.parse(JSON.parse(lease)), now);
        await local.setActor(self.actor);
      },
      changed: () => undefined,
      wipe: async () => false,
      wiped: () => undefined,
      trace: {
        note: (event) => void log.push({ ...event, at: time.now() }),
        lines: () => log,
      },
      checks: { at: async () => time.now(), note: async () => undefined },
      defect,
    });
  }

  async function start(): Promise<void> {
    if (!signedIn || (life && !life.dead)) return;
    const own = newLife({ time, weather, tear: disk.tearJournal, died });
    life = own;
    try {
      await open(own);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      own.die(); // the program could not start; somebody tries again later
    }
  }

  const begin = (): void => void start().catch((error: unknown) => sim.defects.push(error));

  const self: SimWorkstation = {
    actor: officer,
    pc,
    disk,
    saved,
    begun,
    takenBack,
    forgotten,
    drops,
    flaws,
    roommate: undefined,
    copy: () => copy,
    lastWaiting: () => waitingLast,
    atRest: () => copy !== undefined && life?.busy === 0 && !life.troubled,
    online: () => engine?.status().connection === 'online',
    isSignedIn: () => signedIn,
    lostOutbox: () => outboxLost,
    signIn() {
      signedIn = true;
      begin();
    },
    async leave() {
      signedIn = false;
      const [own, leaving] = [life, engine];
      if (!own || own.dead) return;
      await Promise.race([leaving?.stop(), own.end]);
      own.die();
    },
    kill: () => life?.die(),
    upgrade() {
      earlier = false;
    },
    check: () => engine?.check(),
    arm: (kill) => life?.arm(kill),
    wipeAtNextStart(what) {
      wipeNext = what;
    },
    async do(deeds) {
      for (const { name, args } of deeds) {
        if (!copy) return;
        try {
          const { mid } = await copy.mutate(name, args);
          saved.push(mid);
          steps.woken();
          return engine?.nudge();
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          if (DISK_FAULTS.has(error.kind) && lastWithdrawn !== undefined) takenBack.add(lastWithdrawn);
        }
      }
    },
    async dealWithIssues() {
      const mine = outbox;
      try {
        for (const issue of (await mine?.issues()) ?? [])
          await mine?.putIssue({ ...issue, resolved: { kind: 'discard', reason: '', at: time.now() } });
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
      }
    },
    setWorkOffline(on) {
      steps.woken();
      engine?.setWorkOffline(on);
    },
    trace: () => log,
    view: () => disk.view(saved),
    row: (table, id) => disk.row(table, id),
  };
  return self;
}
