/** The real engine on the real stores, without its worker, so that each step can be timed from outside. */
import { signInAnswer } from '#shared/protocol/messages.ts';
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

export interface Account {
  readonly centreUrl: string;
  readonly account: string;
  readonly password: string;
}

export interface KeptCopy {
  readonly name: string;
  readonly key: string;
}

/** The copy of a program that was closed. */
export const openKept = ({ name, key }: KeptCopy) =>
  openLogCache({
    db: cacheDatabase(name),
    seal: bytesSealWith(fromBase64(key)),
    clock: deviceClock,
    defect: console.error,
    lost: console.error,
  });

export type BenchDesk = Awaited<ReturnType<typeof openBenchDesk>>;

/** `pagesOnly`: as if the centre had made no segments. */
export async function openBenchDesk({ centreUrl, account, password }: Account, pagesOnly = false) {
  const device = crypto.randomUUID();
  const wire = fetchWire(centreUrl, schemaHash());
  const json = { account, password, device, deviceName: 'bench' };
  const entered = readJson(signInAnswer, await wire.send({ method: 'POST', path: '/auth/v1/sign-in', json, timeoutMs: 15_000 }));
  const claims = await readLease(entered.lease, entered.leaseKey, device);
  const actor: Actor = { id: claims.sub, districtId: claims.districtId, roles: claims.roles, streams: claims.streams };
  const key = crypto.getRandomValues(new Uint8Array(32));
  const seal = sealWith(key);
  const scope = `${claims.sub}-${crypto.randomUUID().slice(0, 8)}`;
  const cacheDb = cacheDatabase(`cache:${scope}`);
  const outboxDb = outboxDatabase(scope);
  const defect = console.error;
  const cache = await openLogCache({ db: cacheDb, seal: bytesSealWith(key), clock: deviceClock, defect, lost: defect });
  const outbox = dexieOutbox(outboxDb, seal);
  const journal = hostJournal(await getHost(), await laneOf(scope));
  const hearers = new Set<(changes: CacheChanges) => void>();
  const world = {
    clock: deviceClock,
    random: deviceRandom,
    seal: (text: string) => toBase64(seal.seal(text)),
    defect,
  };
  const copy = await openLocalCopy({ cache, outbox, journal }, world, actor, (changes) => {
    if (changes !== 'all') for (const hear of hearers) hear(changes);
  });
  let engine: SyncEngine | undefined;

  return {
    cache,
    copy,
    /** How the copy is opened again. */
    kept: { name: cacheDb.name, key: toBase64(key) } satisfies KeptCopy,
    /** What lies on the disk, sealed. */
    async storedBytes() {
      const [records, packs] = await Promise.all([cacheDb.rec.toArray(), cacheDb.pack.toArray()]);
      return [...records, ...packs].reduce((sum, { sealed }) => sum + sealed.length, 0);
    },
    /** As a program that ends does. */
    leave() {
      cacheDb.close();
      outboxDb.close();
    },
    onChange: (hear: (changes: CacheChanges) => void): (() => void) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    start() {
      engine = startEngine({
        centre(signal) {
          const centre = centreOver(wire, () => entered.token, signal);
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
        defect: (error) => console.error(error),
      });
    },
    nudge: () => engine?.nudge(),
    status: () => engine?.status(),
    async stop() {
      await engine?.stop();
      engine = undefined;
    },
    inStep: () => claims.streams.every((stream) => copy.cursor(stream)?.inStepAt),
    async close() {
      await engine?.stop();
      await cacheDb.delete();
      await outboxDb.delete();
    },
  };
}
