/**
 * The engine: keeps the line to the centre, sends what waits, brings what changed. It holds no rule of the work.
 *
 *     greet (hello) ──► together: push · pull · events · look (hello every 20 s) · files
 *        ▲                 │ any of them fails
 *        └── wait, longer each time ◄┘
 *
 * Invariants
 * 1. Pulls never wait for pushes, but for a moment while a backlog goes up; both are driven by what is there, so a lost poke or a
 *    lost answer delays and loses nothing.
 * 2. Everything learned from the centre is taken through `LocalCopy`, one step after the other.
 * 3. When the centre ended the session, the line is tried less and less often until the officer signs in; work here goes on.
 */
import { Fault } from '#shared/errors.ts';
import type { HelloAnswer, Outcome, Poke } from '#shared/protocol/messages.ts';
import { poke } from '#shared/protocol/messages.ts';
import { parseJson } from '#shared/protocol/safe-json.ts';
import { backoffMs } from './backoff.ts';
import type { Centre } from './centre.ts';
import { clockOffset } from './clock-offset.ts';
import type { SendingFiles } from './files.ts';
import { planFollower } from './greet.ts';
import { keepLine, type LineState } from './line.ts';
import { keepListening } from './listening.ts';
import type { LocalCopy } from './local-copy.ts';
import type { Clock, Random } from './ports.ts';
import { pullStream } from './pull.ts';
import { heldBack, type Known, pushAll } from './push.ts';
import type { Trace } from './trace.ts';
import { type Checks, checkStreams, fillStale } from './upkeep.ts';
import { bell, oneOf } from './wake.ts';

const LOOK_EVERY_MS = 20_000;
const ROOM_AGAIN_MS = 10_000;
/** More than this waiting is a backlog: each page that comes meanwhile would run all of it again on top. */
const BACKLOG = 20;
const CALM_MS = 1000;

export interface EngineDeps {
  /** The centre, its requests given up when the signal aborts. */
  readonly centre: (signal: AbortSignal) => Centre;
  readonly copy: LocalCopy;
  readonly files: Pick<SendingFiles, 'run'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly about: { readonly device: string; readonly deviceName: string; readonly app: string };
  readonly officerId: string;
  /** Whether this computer has any network. */
  readonly hasNetwork: () => boolean;
  readonly freeBytes: () => number | null;
  /** Whether the disk has room for what the centre sends. */
  readonly mayStore: () => boolean;
  /** The centre greeted: lease, roles and streams of today. */
  readonly greeted: (answer: HelloAnswer) => Promise<void>;
  readonly changed: () => void;
  /** This workstation is to be wiped. Destroys everything of the officer here if nothing waits any more; says whether it did. */
  readonly wipe: () => Promise<boolean>;
  /** The centre was told that it did. */
  readonly wiped: () => void;
  readonly trace: Trace;
  readonly checks: Checks;
  /** Something that should not happen, for the log; the engine goes on. */
  readonly defect: (error: unknown) => void;
}

export interface LineStatus extends LineState {
  readonly heardAt: number | null;
  readonly clockDriftMs: number | null;
  readonly standing: HelloAnswer['standing'];
  readonly program: NonNullable<HelloAnswer['program']>;
  /** Mutations that wait for a newer centre. */
  readonly heldBack: number;
  /** Stream → rows its first load will bring. */
  readonly expected: ReadonlyMap<string, number>;
  /** When the centre was last found restored, ms, and how much of what it had acknowledged was offered to it again. */
  readonly restored: { readonly at: number; readonly offered: number } | null;
}

export interface SyncEngine {
  status(): LineStatus;
  setWorkOffline(on: boolean): void;
  /** Try now: something waits, the network came back, or the officer asked. */
  nudge(): void;
  /** Compares the whole copy with the centre as soon as it is in step. */
  check(): void;
  /** Resolves when nothing of the engine runs any more. */
  stop(): Promise<void>;
}

export function startEngine(deps: EngineDeps): SyncEngine {
  const { copy, clock, random, trace } = deps;
  const followPlans = planFollower(copy, trace);
  const [toPush, toPull, toSend, toLook, calm] = [bell(), bell(), bell(), bell(), bell()];
  let backlog = false;
  const offset = clockOffset();
  const dirty = new Set<string>();
  let granted: ReadonlySet<string> = new Set();
  let epoch = '';
  let known: Known;
  /** Streams given up, of which the centre has not heard. */
  let dropped: readonly string[] = [];
  let wiped = false;
  let checkAsked = false;
  let status: LineStatus = {
    connection: 'offline',
    heardAt: null,
    retryAt: null,
    lastFault: null,
    clockDriftMs: null,
    standing: 'active',
    program: { age: 'current', newest: null },
    heldBack: 0,
    expected: new Map(),
    restored: null,
  };

  function tell(next: Partial<LineStatus>): void {
    status = { ...status, ...next };
    deps.changed();
  }

  const heard = (): void => tell({ heardAt: clock.now() });

  async function greet(centre: Centre, signal: AbortSignal): Promise<void> {
    const askedAt = clock.now();
    const acked = copy.lastAcked();
    const answer = await centre.hello({
      device: deps.about.device,
      deviceName: deps.about.deviceName,
      app: deps.about.app,
      cursors: copy.cursors().map(({ stream, seq, mark }) => ({ stream, seq, mark })),
      dropped: [...dropped],
      wiped,
      pending: copy.waiting().length,
      freeBytes: deps.freeBytes(),
      clock: askedAt,
    });
    if (signal.aborted) return;
    offset.read(askedAt, clock.now(), answer.now);
    const offsetMs = offset.offsetMs() ?? 0;
    copy.setOffset(offsetMs);
    dropped = [];
    if (wiped) return deps.wiped();
    await deps.greeted(answer);
    if (epoch !== answer.epoch || line.failures() > 0)
      trace.note({ what: 'greeted', streams: answer.streams.length, epoch: answer.epoch });
    epoch = answer.epoch;
    known = answer.mutations && new Map(Object.entries(answer.mutations));
    const followed = await followPlans(answer, acked);
    dropped = followed.dropped;
    if (followed.restored !== null) tell({ restored: { at: clock.now(), offered: followed.restored } });
    granted = new Set(answer.streams.filter(({ plan }) => plan !== 'drop').map(({ stream }) => stream));
    for (const stream of dirty) if (!granted.has(stream)) dirty.delete(stream);
    for (const stream of followed.behind) dirty.add(stream);
    const { standing, program = status.program } = answer;
    tell({
      connection: 'online',
      heardAt: clock.now(),
      clockDriftMs: -offsetMs,
      lastFault: null,
      retryAt: null,
      standing,
      program,
    });
    await expectLoads(centre, answer);
    toPush.ring();
    toPull.ring();
  }

  /** How much a first load will bring, for the progress bar. */
  async function expectLoads(centre: Centre, answer: HelloAnswer): Promise<void> {
    for (const { stream, plan } of answer.streams) {
      if (plan === 'drop' || copy.cursor(stream)?.inStepAt || status.expected.has(stream)) continue;
      const { rows } = await centre.snapshot(stream);
      const expected = new Map(status.expected).set(
        stream,
        rows.reduce((sum, { n }) => sum + n, 0),
      );
      tell({ expected });
    }
  }

  async function keepPushing(centre: Centre, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      backlog = copy.waiting().length > BACKLOG;
      await pushAll(
        {
          centre,
          copy,
          device: deps.about.device,
          actor: deps.officerId,
          known,
          decided,
        },
        epoch,
        signal,
      );
      backlog = false;
      calm.ring();
      heard();
      await finish(centre);
      toSend.ring();
      await toPush.wait(signal);
    }
  }

  function decided(outcomes: readonly Outcome[]): void {
    const count = (as: Outcome['status']): number => outcomes.filter((one) => one.status === as).length;
    trace.note({ what: 'sent', applied: count('applied'), merged: count('merged'), rejected: count('rejected') });
    for (const { heads } of outcomes) for (const [stream, head] of Object.entries(heads)) takeHead({ stream, head });
  }

  /** What is left to do once everything this centre can decide was sent. */
  async function finish(centre: Centre): Promise<void> {
    const held = heldBack(copy.waiting(), known);
    if (held > 0 && status.heldBack === 0) trace.note({ what: 'heldBack' });
    if (held !== status.heldBack) tell({ heldBack: held });
    if (status.standing !== 'wipe' || wiped || !(await deps.wipe())) return;
    wiped = true;
    trace.note({ what: 'wiped' });
    // Told so that the administrator sees it; the session is all that is left. If the line breaks, the next greeting tells it.
    await greet(centre, line.stopping);
  }

  async function keepSendingFiles(centre: Centre, signal: AbortSignal): Promise<void> {
    let failed = 0;
    while (!signal.aborted) {
      await toSend.wait(signal);
      try {
        await deps.files.run(centre, signal);
        failed = 0;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        // A file the line cannot carry now holds up nothing else.
        tell({ lastFault: { kind: error.kind, detail: error.detail, at: clock.now() } });
        await clock.sleep(backoffMs(++failed, random.fraction()), signal);
        toSend.ring();
      }
      deps.changed();
    }
  }

  async function keepPulling(centre: Centre, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const stream = dirty.values().next().value;
      if (stream === undefined) {
        await keepUp(centre, signal);
        if (dirty.size === 0) await toPull.wait(signal);
        continue;
      }
      if (backlog) await oneOf(signal, (stop) => [clock.sleep(CALM_MS, stop), calm.wait(stop)]);
      if (!deps.mayStore()) {
        tell({ lastFault: { kind: 'diskFull', detail: {}, at: clock.now() } });
        await clock.sleep(ROOM_AGAIN_MS, signal);
        continue;
      }
      dirty.delete(stream);
      try {
        const from = copy.cursor(stream)?.seq ?? 0;
        const rows = await pullStream(centre, copy, stream, signal);
        const seq = copy.cursor(stream)?.seq ?? 0;
        if (seq !== from) trace.note({ what: 'brought', stream, rows, seq });
      } catch (error) {
        dirty.add(stream);
        throw error;
      }
      heard();
    }
  }

  /** Once everything is here. */
  async function keepUp(centre: Centre, signal: AbortSignal): Promise<void> {
    const upkeep = { centre, copy, checks: deps.checks, clock, trace, signal };
    await fillStale(upkeep);
    const asked = checkAsked;
    for (const stream of await checkStreams(upkeep, asked)) dirty.add(stream);
    if (asked) checkAsked = false;
  }

  function heardEvent(first: boolean): void {
    heard();
    if (!first) return;
    toLook.ring();
    trace.note({ what: 'listening' });
  }

  const listen = (centre: Centre, signal: AbortSignal): Promise<void> =>
    keepListening({ centre, clock, random, heard: heardEvent, poke: takePoke, look: () => toLook.ring() }, signal);

  function takePoke(data: string): void {
    const read = poke.safeParse(parseJson(data));
    if (!read.success || read.data.epoch !== epoch) return toLook.ring();
    takeHead(read.data);
  }

  function takeHead({ stream, head }: Pick<Poke, 'stream' | 'head'>): void {
    if (!granted.has(stream) || (copy.cursor(stream)?.seq ?? -1) >= head) return;
    dirty.add(stream);
    toPull.ring();
  }

  async function keepLooking(centre: Centre, signal: AbortSignal): Promise<void> {
    const since = clock.now();
    while (!signal.aborted) {
      await oneOf(signal, (stop) => [clock.sleep(LOOK_EVERY_MS, stop), toLook.wait(stop)]);
      if (signal.aborted) return;
      await greet(centre, signal);
      // Only a line that held for a while is a good one: a centre that greets and then fails is not asked every second.
      if (clock.now() - since >= LOOK_EVERY_MS) line.held();
    }
  }

  /** Everything at once until one of them fails; then all of them end. */
  async function together(centre: Centre, signal: AbortSignal, abort: () => void): Promise<void> {
    const tasks = [keepPushing, keepPulling, keepSendingFiles, listen, keepLooking].map((keep) => keep(centre, signal));
    try {
      await Promise.race(tasks);
    } finally {
      abort();
      await Promise.allSettled(tasks);
    }
  }

  const line = keepLine(
    { clock, random, trace, hasNetwork: deps.hasNetwork, tell, defect: deps.defect },
    async (signal, hangUp) => {
      const centre = deps.centre(signal);
      await greet(centre, signal);
      await together(centre, signal, hangUp);
    },
  );

  return {
    status: () => status,
    setWorkOffline: (on) => line.setWorkOffline(on),
    nudge() {
      toPush.ring();
      line.nudge();
    },
    check() {
      checkAsked = true;
      toPull.ring();
    },
    stop: () => line.stop(),
  };
}
