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
import { type Books, openBooks } from './books.ts';
import type { Busy } from './busy.ts';
import type { Weather } from './faults.ts';
import type { Deed } from './generate.ts';
import type { Flaw } from './invariants.ts';
import { type KillName, type Life, newLife } from './life.ts';
import { pace } from './pace.ts';
import { programVersion } from './program-version.ts';
import type { SimCentre } from './sim-centre.ts';
import type { DiskView, OpenStores, SimDisk, Wiped } from './sim-disk.ts';
import { type Line, simWire } from './sim-wire.ts';
import { unpacking, watchedLine } from './watched-line.ts';

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
  readonly books: Books;
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
  const books = openBooks();
  const flaws: Flaw[] = [];
  const steps = pace(() => time.now(), flaws);
  const unpacked = unpacking(busy);
  const program = programVersion(weather.knows('earlierProgram') && dice.chance(0.7), () => weather.struck('earlierProgram'));
  let signedIn = false;
  let wipeNext: Wiped | undefined;
  let life: (Life & ReturnType<typeof newLife>) | undefined;
  let stores: OpenStores | undefined;
  let outbox: OutboxStore | undefined;
  let waitingLast: readonly OutboxRow[] = [];
  let engine: SyncEngine | undefined;
  let copy: LocalCopy | undefined;
  const log: TraceLine[] = [];

  /** A refusal of the disk is told to whoever asked; it is no defect. */
  const defect = (error: unknown): void => {
    if (!(error instanceof Fault) || !DISK_FAULTS.has(error.kind)) sim.defects.push(error);
  };

  const uuid = (): string => {
    const drawn = dice.uuid();
    books.begins(drawn);
    return drawn;
  };

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
    await books.wiped(what, disk.journal, sim.tale.decided);
    await disk.wipe(what);
  }

  async function open(own: NonNullable<typeof life>): Promise<void> {
    await books.starts(disk.journal);
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
    const noting = books.ofOutbox({ ...mine, add: (rows) => mine.add(rows.map((row) => program.row(row))) });
    const local = await openLocalCopy(
      {
        cache: books.ofCache(cache),
        outbox: noting,
        journal: { ...journal, append: (lines) => journal.append(lines.map((line) => program.line(line))) },
      },
      { clock, random, seal: (text) => text, defect },
      self.actor,
      (changes) => {
        if (changes !== 'all' && changes.cursor) books.holds(changes.cursor.stream);
      },
    );
    const real = simWire({ time, sim, weather, midBatch }, session, pc.line, dice);
    const watched = watchedLine(real, { officer, life: own, begun: books.begun, program, steps, flaws, unpacked });
    const wire = spoil.wire ? spoil.wire(watched, () => self.roommate) : watched;
    copy = local;
    outbox = noting;
    engine = startEngine({
      centre: (signal) => centreOver(wire, () => 'token', signal),
      copy: unpacked.taking(spoiled(spoil.copy, local)),
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
    const own = newLife({ time, weather, tear: () => disk.tearJournal(), died });
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
    books,
    flaws,
    roommate: undefined,
    copy: () => copy,
    lastWaiting: () => waitingLast,
    atRest: () => copy !== undefined && life?.busy === 0 && !life.troubled,
    online: () => engine?.status().connection === 'online',
    isSignedIn: () => signedIn,
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
    upgrade: () => program.upgrade(),
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
          books.saves(mid);
          steps.woken();
          return engine?.nudge();
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          if (DISK_FAULTS.has(error.kind)) books.refuses();
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
    view: () => disk.view(books.saved),
    row: (table, id) => disk.row(table, id),
  };
  return self;
}
