/** Everything of one signed-in officer on this workstation: databases, copy, engine, registers. */
import { Fault, faultKindOf } from '#shared/errors.ts';
import type { Host } from '#shared/host/contract.ts';
import { diskPressure } from '#shared/host/disk-pressure.ts';
import type { HelloAnswer, LeaseClaims } from '#shared/protocol/messages.ts';
import type { Actor } from '#shared/schema/mutation.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import { readLease } from '../identity/lease.ts';
import { type Opened, renew } from '../identity/vault.ts';
import { schemaHash } from '../store/databases.ts';
import { dexieCache } from '../store/dexie-cache.ts';
import { dexieOutbox } from '../store/dexie-outbox.ts';
import { openDatabases, vanished } from '../store/opening.ts';
import { drafts } from '../store/drafts.ts';
import { fromBase64, toBase64 } from '../store/seal.ts';
import { centreOver } from './centre.ts';
import { deviceClock, deviceRandom } from './device.ts';
import { startEngine } from './engine.ts';
import type { EngineStatus, IssueItem, Resolution, SignedIn, WaitingItem } from './engine-api.ts';
import { hostJournal } from './host-journal.ts';
import { openLocalCopy } from './local-copy.ts';
import { keyOf } from './overlay-tx.ts';
import type { IssueRow, OutboxRow, OutboxStore } from './ports.ts';
import { recoverOutbox } from './recover.ts';
import { registers } from './register.ts';
import { serial } from './serial.ts';
import { fetchWire } from './wire-fetch.ts';

export interface DeskOptions {
  readonly host: Host;
  readonly account: string;
  readonly opened: Opened;
  readonly claims: LeaseClaims;
  readonly identity: { readonly centreUrl: string; readonly deviceId: string; readonly deviceName: string };
  readonly app: string;
  readonly hasNetwork: () => boolean;
  readonly changed: (tables: readonly string[]) => void;
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** How often the vault notes a newer lease, if nothing else changed. */
const RENEW_EVERY_MS = 5 * 60_000;

const actorOf = (claims: LeaseClaims): Actor => ({
  id: claims.sub,
  districtId: claims.districtId,
  roles: claims.roles,
  streams: claims.streams,
});

export async function openDesk({ host, account, opened, claims: first, identity, app, hasNetwork, changed }: DeskOptions) {
  const { seal } = opened;
  /** Issues are dealt with one after the other, so that one pressed in two windows is sent again once. */
  const resolving = serial();
  const officerId = first.sub;
  let claims = first;
  let renewedAt = 0;
  let token = opened.token;
  let disk = await measured(host);
  let waitingFiles = 0;
  let broken: Fault | undefined;

  // Chromium can empty a database that is opened or closed on a full disk.
  if (disk.pressure === 'critical') throw new Fault('diskFull', 'the disk is almost full', { freeBytes: disk.freeBytes });
  const { cacheDb, outboxDb } = await openDatabases(officerId, () => {
    broken = new Fault('storageBroken', 'the local database was closed');
    changed([]);
  });
  const cache = dexieCache(cacheDb, seal);
  const outbox = telling(dexieOutbox(outboxDb, seal), () => refresh());
  const journal = await hostJournal(host, officerId);
  const emptied = await vanished(host, outboxDb, officerId);
  const { recovered, unreadable } = await recoverOutbox(outbox, journal, (text) => seal.open(fromBase64(text)));
  const recovery = emptied || recovered > 0 || unreadable > 0 ? { emptied, recovered, unreadable } : null;
  let issues: readonly IssueRow[] = await outbox.issues();
  const register = registers(cache);
  const here = await outboxDb.meta.get('hereAt');
  const lastHereAt = typeof here?.value === 'number' ? here.value : null;

  const copy = await openLocalCopy(
    { cache, outbox, journal },
    { clock: deviceClock, random: deviceRandom, seal: (text) => toBase64(seal.seal(text)) },
    actorOf(first),
    (changes) => {
      register.hear(changes);
      changed([...changes.puts.keys(), ...changes.removes.keys()]);
    },
  );

  const districtOf = async (sha256: string): Promise<string | null> =>
    (await cache.all('attachments')).find((row) => row['sha256'] === sha256)?.districtId ?? null;

  async function greeted(answer: HelloAnswer): Promise<void> {
    const before = claims;
    claims = await readLease(answer.lease, opened.leaseKey, identity.deviceId);
    copy.setActor(actorOf(claims));
    const same = JSON.stringify([before.roles, before.streams]) === JSON.stringify([claims.roles, claims.streams]);
    if (same && answer.now - renewedAt < RENEW_EVERY_MS) return;
    renewedAt = answer.now;
    await renew(host, account, answer.now, { ...opened, token, lease: answer.lease });
  }

  const wire = fetchWire(identity.centreUrl, schemaHash());
  const engine = startEngine({
    centre: (signal) => centreOver(wire, () => token, signal),
    copy,
    outbox,
    files: { get: (sha256) => host.files.getBlob({ sha256 }), districtOf },
    clock: deviceClock,
    random: deviceRandom,
    about: { device: identity.deviceId, deviceName: identity.deviceName, app },
    officerId,
    hasNetwork,
    freeBytes: () => disk.freeBytes,
    greeted,
    changed: () => changed([]),
    defect: (error) => console.error('engine', error),
  });

  async function refresh(): Promise<void> {
    issues = await outbox.issues();
    waitingFiles = (await outbox.files()).filter(({ state }) => state === 'waiting').length;
    changed([]);
  }

  async function measure(): Promise<void> {
    disk = await measured(host);
    await outboxDb.meta.put({ key: 'hereAt', value: Date.now() });
    changed([]);
  }

  const open = (): IssueRow[] => issues.filter(({ resolved }) => resolved === null);

  async function mutate(name: string, args: Readonly<Record<string, unknown>>): Promise<{ readonly mid: string }> {
    if (claims.exp * 1000 < Date.now()) throw new Fault('leaseExpired', 'the lease has ended', { until: claims.exp * 1000 });
    if (broken) throw broken;
    if (disk.pressure === 'critical') throw new Fault('diskFull', 'the disk is almost full', { freeBytes: disk.freeBytes });
    const saved = await copy.mutate(name, args);
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
    if (disk.pressure === 'critical' || disk.pressure === 'tight')
      throw new Fault('diskFull', 'too little room for new evidence', { freeBytes: disk.freeBytes });
    const kept = await host.files.putBlob({ bytes });
    await outbox.putFile({ ...kept, mime, state: 'waiting', addedAt: Date.now() });
    await refresh();
    return kept;
  }

  async function file(sha256: string): Promise<Uint8Array | null> {
    const local = await host.files.getBlob({ sha256 });
    const district = await districtOf(sha256);
    if (local !== null || district === null || engine.status().connection !== 'online') return local;
    const bytes = await centreOver(wire, () => token, new AbortController().signal).getFile(sha256, district);
    const kept = await host.files.putBlob({ bytes });
    return kept.sha256 === sha256 ? bytes : null;
  }

  const signedIn = (): Omit<SignedIn, 'locked'> => ({
    officerId,
    name: claims.name,
    account: claims.account,
    districtId: claims.districtId,
    roles: claims.roles,
    streams: claims.streams,
    leaseUntil: claims.exp * 1000,
    lastHereAt,
  });

  const measuring = setInterval(() => void measure(), 60_000);
  await measure();
  await refresh();

  return {
    officerId,
    cacheName: cacheDb.name,
    dataKey: opened.dataKey,
    signedIn,
    status(): Omit<EngineStatus, 'signedIn' | 'workOffline'> {
      const { expected, ...line } = engine.status();
      return {
        ...line,
        waiting: copy.waiting().length,
        issues: open().length,
        filesWaiting: waitingFiles,
        disk,
        recovery,
        ...(broken ? { lastFault: { kind: broken.kind, detail: broken.detail, at: Date.now() } } : {}),
        streams: claims.streams.map((stream) => {
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
    },
    /** `table/id` of rows with an open refusal. */
    refused: (): string[] => open().map((issue) => targetKey(issue)),
    mutate,
    waiting: (): WaitingItem[] => copy.waiting().map(itemOf),
    issues: (): IssueItem[] => open().map(issueItemOf),
    resolve: (mid: string, resolution: Resolution) => resolving(() => resolve(mid, resolution)),
    register: register.query,
    addFile,
    file,
    drafts: drafts(outboxDb, seal),
    setToken(next: string) {
      token = next;
      engine.nudge();
    },
    setWorkOffline: (on: boolean) => engine.setWorkOffline(on),
    syncNow: () => engine.nudge(),
    async close() {
      clearInterval(measuring);
      await engine.stop();
      cacheDb.close();
      outboxDb.close();
    },
  };
}

async function measured(host: Pick<Host, 'files'>) {
  const space = await host.files.freeSpace();
  return { ...space, pressure: diskPressure(space.freeBytes) };
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

const itemOf = ({ mid, n, name, args, at }: OutboxRow | IssueRow): WaitingItem => {
  const known = mutationOfName.get(name);
  const targetId = known ? known.mutation.target(args) : '';
  return { mid, n, name, table: known?.table.name ?? '', targetId, args, at };
};

const targetKey = (issue: IssueRow): string => {
  const { table, targetId } = itemOf(issue);
  return keyOf(table, targetId);
};

const issueItemOf = (issue: IssueRow): IssueItem => ({
  ...itemOf(issue),
  status: issue.status,
  code: issue.code,
  kind: issue.code === null ? null : (faultKindOf(issue.code) ?? null),
  detail: issue.detail,
  conflicts: issue.conflicts,
  decidedAt: issue.decidedAt,
});

/** A refused mutation goes as it was; a merged one insists on the officer's values over those that stand now. */
function argsAgain(issue: IssueRow): Readonly<Record<string, unknown>> {
  if (issue.status === 'rejected') return issue.args;
  const changes = Object.fromEntries(issue.conflicts.map(({ field, mine, theirs }) => [field, { from: theirs, to: mine }]));
  return { ...issue.args, changes };
}
