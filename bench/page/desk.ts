/** The real engine on the real stores, without its worker, so that each step can be timed from outside. */
import { type Command, signInAnswer } from '#shared/protocol/messages.ts';
import type { Actor } from '#shared/schema/mutation.ts';
import { getHost } from '../../renderer/host/index.ts';
import { readLease } from '../../renderer/identity/lease.ts';
import { bytesSealWith } from '../../renderer/store/bytes-seal.ts';
import { cacheDatabase, outboxDatabase } from '../../renderer/store/databases.ts';
import { dexieOutbox } from '../../renderer/store/dexie-outbox.ts';
import { openLogCache } from '../../renderer/store/log-cache.ts';
import { fromBase64, sealWith, toBase64 } from '../../renderer/store/seal.ts';
import { schemaHash } from '../../renderer/store/shape.ts';
import { type Centre, centreOver, readJson } from '../../renderer/sync/centre.ts';
import { deviceClock, deviceRandom } from '../../renderer/sync/device.ts';
import { type SyncEngine, startEngine } from '../../renderer/sync/engine.ts';
import { hostJournal, laneOf } from '../../renderer/sync/host-journal.ts';
import { openLocalCopy } from '../../renderer/sync/local-copy.ts';
import type { CacheChanges } from '../../renderer/sync/ports.ts';
import { traceOf } from '../../renderer/sync/trace.ts';
import { fetchWire } from '../../renderer/sync/wire-fetch.ts';
import { until } from './measure.ts';

export interface Account {
  readonly centreUrl: string;
  readonly account: string;
  readonly password: string;
}

/** How a copy is opened again by a program that was started anew; kept in the page's own storage. */
const KEPT = 'kept';

export async function openKept() {
  const { name, key } = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as { readonly name: string; readonly key: string };
  return openLogCache({
    db: cacheDatabase(name),
    seal: bytesSealWith(fromBase64(key)),
    clock: deviceClock,
    defect: console.error,
    lost: console.error,
  });
}

async function enter({ centreUrl, account, password }: Account) {
  const device = crypto.randomUUID();
  const wire = fetchWire(centreUrl, schemaHash());
  const json = { account, password, device, deviceName: 'bench' };
  const entered = readJson(signInAnswer, await wire.send({ method: 'POST', path: '/auth/v1/sign-in', json, timeoutMs: 15_000 }));
  const claims = await readLease(entered.lease, entered.leaseKey, device);
  return { device, wire, token: entered.token, epoch: entered.epoch, claims };
}

export type BenchDesk = Awaited<ReturnType<typeof openBenchDesk>>;

/** `pagesOnly`: as if the centre had made no segments. */
export async function openBenchDesk(account: Account, pagesOnly = false) {
  const { device, wire, token, claims } = await enter(account);
  const actor: Actor = { id: claims.sub, districtId: claims.districtId, roles: claims.roles, streams: claims.streams };
  const key = crypto.getRandomValues(new Uint8Array(32));
  const seal = sealWith(key);
  const cacheDb = cacheDatabase(`cache:${claims.sub}`);
  const outboxDb = outboxDatabase(claims.sub);
  localStorage.setItem(KEPT, JSON.stringify({ name: cacheDb.name, key: toBase64(key) }));
  const defect = console.error;
  const cache = await openLogCache({ db: cacheDb, seal: bytesSealWith(key), clock: deviceClock, defect, lost: defect });
  const outbox = dexieOutbox(outboxDb, seal);
  const journal = hostJournal(await getHost(), await laneOf(claims.sub));
  const hearers = new Set<(changes: CacheChanges) => void>();
  const world = { clock: deviceClock, random: deviceRandom, seal: (text: string) => toBase64(seal.seal(text)), defect };
  const copy = await openLocalCopy({ cache, outbox, journal }, world, actor, (changes) => {
    if (changes !== 'all') for (const hear of hearers) hear(changes);
  });
  let engine: SyncEngine | undefined;

  return {
    cache,
    copy,
    /** What the copy has on the disk, and what the outbox has, sealed. */
    async storedBytes() {
      const [records, packs, waiting] = await Promise.all([
        cacheDb.rec.toArray(),
        cacheDb.pack.toArray(),
        outboxDb.cmd.toArray(),
      ]);
      return { copy: bytesOf(records) + bytesOf(packs), outbox: bytesOf(waiting) };
    },
    onChange: (hear: (changes: CacheChanges) => void): (() => void) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    async start() {
      engine = startEngine({
        centre(signal) {
          const centre = centreOver(wire, () => token, signal);
          const snapshot: Centre['snapshot'] = async (stream) => ({ ...(await centre.snapshot(stream)), segments: [] });
          return pagesOnly ? { ...centre, snapshot } : centre;
        },
        copy,
        files: { run: async () => undefined },
        clock: deviceClock,
        random: deviceRandom,
        about: { device, deviceName: 'bench', app: 'bench' },
        officerId: actor.id,
        hasNetwork: () => true,
        freeBytes: () => null,
        mayStore: () => true,
        greeted: async () => undefined,
        changed: () => undefined,
        wipe: async () => false,
        wiped: () => undefined,
        trace: traceOf(deviceClock),
        checks: { at: async () => Date.now(), note: async () => undefined },
        defect,
      });
      await until(() => claims.streams.every((stream) => copy.cursor(stream)?.inStepAt));
    },
    async stop() {
      await engine?.stop();
      engine = undefined;
    },
  };
}

const bytesOf = (rows: readonly { readonly sealed: Uint8Array }[]): number =>
  rows.reduce((sum, { sealed }) => sum + sealed.length, 0);

/** Somebody at another workstation, of whom only what they send matters here. */
export async function openOther(account: Account) {
  const { device, wire, token, epoch, claims } = await enter(account);
  const centre = centreOver(wire, () => token, new AbortController().signal);
  let n = 0;
  return {
    /** Resolves once the centre has decided it. */
    async send({ name, v, args }: Pick<Command, 'name' | 'v' | 'args'>) {
      n += 1;
      const said = { mid: crypto.randomUUID(), n, district: claims.districtId, actor: claims.sub, at: Date.now(), offsetMs: 0 };
      const commands = [{ ...said, name, v, args, after: null }];
      const [outcome] = await centre.push({ device, epoch, cursors: [], acked: 0, commands });
      if (outcome?.status !== 'applied') throw new Error(`${name}: ${outcome?.status} ${outcome?.code}`);
    },
  };
}
