/** Everything of one signed-in officer on this workstation: databases, copy, engine, registers. */
import { Fault } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import type { DiskPressure } from '#shared/host/disk-pressure.ts';
import type { HelloAnswer } from '#shared/protocol/messages.ts';
import { tableList } from '#shared/tables/index.ts';
import { readLease } from '../identity/lease.ts';
import type { Entered } from '../identity/sign-in.ts';
import { noteTime } from '../identity/tries.ts';
import { forget, renew } from '../identity/vault.ts';
import { bytesSealWith } from '../store/bytes-seal.ts';
import { beginAnotherLog } from '../store/another-log.ts';
import { answerAsk, type Ask } from '../store/ask.ts';
import { dexieOutbox } from '../store/dexie-outbox.ts';
import { openLogCache } from '../store/log-cache.ts';
import { dropOld, openDatabases, scopeOf, vanished } from '../store/opening.ts';
import { openDrafts } from '../store/drafts.ts';
import { fromBase64, toBase64 } from '../store/seal.ts';
import { schemaHash } from '../store/shape.ts';
import { centreOver } from './centre.ts';
import { deskFiles } from './desk-files.ts';
import { deviceClock, deviceRandom } from './device.ts';
import { startEngine } from './engine.ts';
import type { EngineStatus, IssueItem, Resolution, SignedIn, WaitingItem } from './engine-api.ts';
import { hostJournal, laneOf } from './host-journal.ts';
import { type LocalCopy, openLocalCopy } from './local-copy.ts';
import { inOfficeHours } from './office-hours.ts';
import { argsAgain, issueItemOf, itemOf, targetKey } from './items.ts';
import type { IssueRow, OutboxStore } from './ports.ts';
import { recoverOutbox } from './recover.ts';
import { actorAt, lapsed, leaseEnded } from './rights.ts';
import { traceOf } from './trace.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { registers } from './register.ts';
import { roomOf } from './room.ts';
import { serial } from './serial.ts';
import { fetchWire } from './wire-fetch.ts';

export interface DeskOptions extends Entered {
  readonly host: Host;
  readonly account: string;
  readonly identity: { readonly centreUrl: string; readonly deviceId: string; readonly deviceName: string };
  readonly app: string;
  readonly hasNetwork: () => boolean;
  /** The officer's switch: originals wait during office hours. */
  readonly pauseOriginals: () => boolean;
  readonly changed: (tables: readonly string[]) => void;
  /** Everything of this officer here was destroyed: nobody is here any more. */
  readonly ended: () => void;
  /** The browser closed the databases of this desk: it takes no more work, and another one is to be opened for the officer. */
  readonly lost: () => void;
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** How often the vault notes a newer lease, if nothing else changed. */
const RENEW_EVERY_MS = 5 * 60_000;

const DAY_MS = 24 * 3600_000;

const defect = (error: unknown): void => console.error('engine', error);

export async function openDesk(options: DeskOptions) {
  const { host, account, opened, claims: first, identity, app, hasNetwork, pauseOriginals, changed, ended } = options;
  const { seal } = opened;
  /** Issues are dealt with one after the other, so that one pressed in two windows is sent again once. */
  const resolving = serial();
  const officerId = first.sub;
  let claims = first;
  let renewedAt = 0;
  const room = await roomOf(host, () => changed([]));
  let broken: Fault | undefined;
  let lost = false;
  const trace = traceOf(deviceClock);

  // Chromium can empty a database that is opened or closed on a full disk.
  await room.must(['critical']);
  const scope = await scopeOf(officerId, opened.dataKey);
  const lane = await laneOf(officerId);
  const { cacheDb, outboxDb, place, movedFrom } = await openDatabases(host, lane, scope, (how) => {
    broken ??= new Fault('storageBroken', 'the local database was closed');
    void room.look().catch(defect);
    if (how !== 'lost' || lost) return;
    lost = true;
    options.lost();
  });
  void dropOld(officerId, cacheDb.name, place).catch(defect);
  const opening = Promise.withResolvers<LocalCopy>();
  const cache = await openLogCache({
    db: cacheDb,
    seal: bytesSealWith(opened.dataKey),
    clock: deviceClock,
    defect,
    // Found while something reads, perhaps before the copy stands.
    lost: (stream) => void opening.promise.then((copied) => copied.dropStream(stream)).catch(defect),
  });
  const silent = dexieOutbox(outboxDb, seal);
  const outbox = telling(silent, () => refresh());
  const draftLane = hostJournal(host, await laneOf(officerId, 'drafts'));
  const whole = hostJournal(host, lane);
  const emptied = await vanished(host, outboxDb, lane);
  const found = await recoverOutbox(silent, whole, (text) => seal.open(fromBase64(text)));
  const lacking = emptied || movedFrom !== undefined || found.recovered + found.unreadable + found.damaged > 0;
  let recovery = lacking ? { emptied, ...found, movedFrom, read: false } : null;
  // Lines that could not be read stay where they are, for somebody who can.
  const journal = found.unreadable + found.damaged > 0 ? { ...whole, trim: async () => undefined } : whole;
  let issues: readonly IssueRow[] = await outbox.issues();
  const drafts = await openDrafts(outboxDb, seal, draftLane);
  const register = registers(cache);
  const sealLine = (text: string): string => toBase64(seal.seal(text));
  const here = await outboxDb.meta.get('hereAt');
  const lastHereAt = typeof here?.value === 'number' ? here.value : null;

  const files = await deskFiles({
    host,
    outbox,
    journal,
    cache,
    clock: deviceClock,
    seal: bytesSealWith(opened.dataKey),
    sealLine,
    // What is on a workstation that is to be wiped does not wait for the evening.
    originalsWait: () => pauseOriginals() && inOfficeHours(new Date()) && engine.status().standing !== 'wipe',
    changed: () => changed([]),
  });

  const copy = await openLocalCopy(
    { cache, outbox, journal },
    { clock: deviceClock, random: deviceRandom, seal: sealLine, defect },
    actorAt(first, Date.now()),
    (changes) => {
      register.hear(changes);
      if (changes === 'all') return changed(tableList.map(({ name }) => name));
      // A photograph is waited for once an attachment names it.
      if (changes.puts.has('attachments') || changes.removes.has('attachments')) void refresh();
      changed([...changes.puts.keys(), ...changes.removes.keys()]);
    },
  );

  opening.resolve(copy);

  async function greeted(answer: HelloAnswer): Promise<void> {
    const before = claims;
    claims = await readLease(answer.lease, opened.leaseKey, identity.deviceId);
    await copy.setActor(actorAt(claims, answer.now));
    const same = JSON.stringify([before.roles, before.streams]) === JSON.stringify([claims.roles, claims.streams]);
    if (same && answer.now - renewedAt < RENEW_EVERY_MS) return;
    renewedAt = answer.now;
    await renew(host, account, { ...opened, lease: answer.lease });
  }

  const wire = fetchWire(identity.centreUrl, schemaHash());
  const engine = startEngine({
    centre: (signal) => centreOver(wire, () => opened.token, signal),
    copy,
    files,
    clock: deviceClock,
    random: deviceRandom,
    about: { device: identity.deviceId, deviceName: identity.deviceName, app },
    officerId,
    hasNetwork,
    freeBytes: () => room.now().freeBytes,
    mayStore: () => ['fine', 'low'].includes(room.now().pressure),
    greeted,
    changed: () => changed([]),
    wipe,
    wiped: ended,
    trace,
    checks: {
      at: async (stream) => {
        const last = (await outboxDb.meta.get(`checked:${stream}`))?.value;
        return typeof last === 'number' ? last : null;
      },
      note: async (stream, at) => void (await outboxDb.meta.put({ key: `checked:${stream}`, value: at })),
    },
    defect,
  });

  async function refresh(): Promise<void> {
    issues = await outbox.issues();
    await files.look();
    changed([]);
  }

  async function measure(): Promise<void> {
    await room.look();
    if (room.now().pressure === 'critical' || broken) return;
    await outboxDb.meta.put({ key: 'hereAt', value: Date.now() });
    await noteTime(host, account, Date.now());
    await lapse();
  }

  /** What may lie here no longer goes, also without a line. */
  async function lapse(): Promise<void> {
    const now = Date.now() - (engine.status().clockDriftMs ?? 0);
    const held = copy.cursors().map(({ stream }) => stream);
    const streams = lapsed(claims, held, now);
    if (streams.length === 0) return;
    await copy.setActor(actorAt(claims, now));
    for (const stream of streams) {
      await copy.dropStream(stream);
      trace.note({ what: 'dropped', stream, why: 'lapsed' });
    }
  }

  /** Everything of the officer here is destroyed: the databases, the journal, and the key that opens whatever else is left. */
  async function wipe(): Promise<boolean> {
    await refresh();
    if (copy.waiting().length > 0 || files.status().waiting > 0) return false;
    clearInterval(measuring);
    clearInterval(forgetting);
    await forget(host, account);
    for (const db of [cacheDb, outboxDb]) await db.delete();
    for (const one of [whole, draftLane]) {
      const last = (await one.read()).entries.at(-1);
      if (last) await one.trim(last.seq);
    }
    return true;
  }

  async function mustTakeWork(refusing: readonly DiskPressure[]): Promise<void> {
    await room.must(refusing);
    if (broken) throw broken;
  }

  const open = (): IssueRow[] => issues.filter(({ resolved }) => resolved === null);

  async function mutate(name: string, args: Readonly<Record<string, unknown>>): Promise<{ readonly mid: string }> {
    // The lease was counted by the centre's clock, and so it ends.
    const { program, clockDriftMs } = engine.status();
    if (program.age === 'tooOld') throw new Fault('programTooOld', 'update the workstation first', { newest: program.newest });
    if (leaseEnded(claims, Date.now() - (clockDriftMs ?? 0)))
      throw new Fault('leaseExpired', 'the lease has ended', { until: claims.exp * 1000 });
    await mustTakeWork(['critical']);
    const saved = await copy.mutate(name, args).catch((error: unknown) => room.tellWhy(error));
    engine.nudge();
    changed([]);
    return saved;
  }

  async function resolve(mid: string, resolution: Resolution): Promise<void> {
    const issue = open().find((one) => one.mid === mid);
    if (!issue) throw new Fault('notFound', 'no such open issue', { mid });
    if (resolution.kind === 'again') await mutate(issue.name, argsAgain(issue));
    const reason = resolution.kind === 'discard' ? resolution.reason : '';
    await outbox.putIssue({ ...issue, resolved: { kind: resolution.kind, reason, at: Date.now() } });
    await refresh();
  }

  async function addFile(bytes: Uint8Array, mime: string) {
    await mustTakeWork(['critical', 'tight']);
    const kept = await files.add(bytes.slice(), mime).catch((error: unknown) => room.tellWhy(error));
    await refresh();
    return kept;
  }

  async function file(sha256: string): Promise<Uint8Array | null> {
    const online = engine.status().connection === 'online';
    const centre = online ? centreOver(wire, () => opened.token, new AbortController().signal) : null;
    return files.get(sha256, centre, room.now().pressure === 'fine');
  }

  /** The streams granted now: a grant with an end is over when it ends, heard or not. */
  const granted = (): readonly string[] => actorAt(claims, Date.now() - (engine.status().clockDriftMs ?? 0)).streams;

  const signedIn = (): Omit<SignedIn, 'locked'> => ({
    officerId,
    name: claims.name,
    account: claims.account,
    districtId: claims.districtId,
    roles: claims.roles,
    streams: granted(),
    leaseUntil: claims.exp * 1000,
    lastHereAt,
  });

  function status(): Omit<EngineStatus, 'signedIn' | 'workOffline' | 'pauseOriginals'> {
    const { expected, ...line } = engine.status();
    const disk = room.now();
    const trouble = disk.pressure === 'critical' ? room.full() : broken;
    return {
      ...line,
      waiting: copy.waiting().length,
      issues: open().length + files.status().stuck,
      files: files.status(),
      disk,
      recovery,
      ...(trouble ? { lastFault: { kind: trouble.kind, detail: trouble.detail, at: Date.now() } } : {}),
      streams: granted().map((stream) => {
        const cursor = copy.cursor(stream);
        const phase = cursor?.inStepAt ? 'live' : cursor ? 'loading' : 'waiting';
        return {
          stream,
          phase,
          rows: cursor?.rows ?? 0,
          expected: expected.get(stream) ?? null,
          inStepAt: cursor?.inStepAt ?? null,
        };
      }),
    };
  }

  /** History that is too old to be kept here goes at the start, and while the program runs for days. */
  async function forgetOld(): Promise<void> {
    changed(await cache.forget(Date.now()));
  }

  const measuring = setInterval(() => void measure().catch(defect), 60_000);
  const forgetting = setInterval(() => void forgetOld().catch(defect), DAY_MS);
  await forgetOld();
  await measure();
  await refresh();

  const refused = (): string[] => open().map((issue) => targetKey(issue));

  return {
    signedIn,
    status,
    /** `table/id` of rows with an open refusal. */
    refused,
    read: (asks: readonly Ask[]) => Promise.all(asks.map((ask) => answerAsk(cache, refused(), ask))),
    mutate,
    waiting: (): WaitingItem[] => copy.waiting().map(itemOf),
    issues: (): IssueItem[] => open().map(issueItemOf),
    resolve: (mid: string, resolution: Resolution) => resolving(() => resolve(mid, resolution)),
    register: register.query,
    trace: () => trace.lines(),
    diagnostics: async () =>
      diagnosticsOf(
        {
          status: status(),
          cache,
          cursors: copy.cursors(),
          pending: copy.pending(),
          issues,
          files: await outbox.files(),
          trace: trace.lines(),
          shell: await host.diagnostics.info(),
        },
        Date.now(),
      ),
    addFile,
    file,
    files: () => files.items(),
    async sendAgain(sha256: string) {
      await files.tryAgain(sha256);
      engine.nudge();
    },
    drafts,
    setWorkOffline: (on: boolean) => engine.setWorkOffline(on),
    syncNow: () => engine.nudge(),
    check: () => engine.check(),
    noteRecoveryRead() {
      recovery = recovery && { ...recovery, read: true };
      changed([]);
    },
    lost: () => lost,
    /** Refuses with `diskFull` while the disk has no room for opening databases. */
    async mustHaveRoom() {
      await room.look();
      await room.must(['critical']);
    },
    /** After databases that were lost: what is written from now on must not stand behind a torn record. */
    mend: () => beginAnotherLog(outboxDb),
    /** How the officer came in, with the lease of today. */
    entered: (): Entered => ({ opened, claims }),
    async close() {
      clearInterval(measuring);
      clearInterval(forgetting);
      await engine.stop();
      await copy.payOwed().catch(defect);
      await cache.retire();
      cacheDb.close();
      outboxDb.close();
    },
  };
}

/** The same outbox, which tells when issues or files changed. */
const telling = (outbox: OutboxStore, tell: () => Promise<void>): OutboxStore => ({
  ...outbox,
  decide: async (decided) => {
    await outbox.decide(decided);
    if (decided.issues.length > 0) await tell();
  },
  putFile: async (file) => {
    await outbox.putFile(file);
    await tell();
  },
});
