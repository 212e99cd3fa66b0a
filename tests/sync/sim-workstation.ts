import { Fault } from '#shared/errors.ts';
import type { Actor } from '#shared/schema/mutation.ts';
import { leaseClaims } from '#shared/protocol/messages.ts';
import { centreOver } from '../../renderer/sync/centre.ts';
import { traceOf } from '../../renderer/sync/trace.ts';
import { type SyncEngine, startEngine } from '../../renderer/sync/engine.ts';
import { type LocalCopy, openLocalCopy } from '../../renderer/sync/local-copy.ts';
import type { CacheStore, Journal, OutboxStore, Wire } from '../../renderer/sync/ports.ts';
import type { Deed } from './generate.ts';
import { recoverOutbox } from '../../renderer/sync/recover.ts';
import type { Dice } from '../support/dice.ts';
import {
  type ClientDisk,
  emptiedDatabases,
  emptyDisk,
  memoryCache,
  memoryJournal,
  memoryOutbox,
} from '../support/memory-client.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import type { SimCentre } from './sim-centre.ts';
import { simWire, type Weather } from './sim-wire.ts';

const NEVER = new Promise<never>(() => undefined);

/** One run of the program: dies at some operation of its stores, before or after it took effect. */
interface Life {
  dead: boolean;
  /** Operations left to live; infinite while no death is near. */
  left: number;
  readonly died: () => void;
}

/** Where a test can spoil the engine on purpose, to see that the simulator notices. */
export interface Spoil {
  readonly outbox?: (real: OutboxStore) => OutboxStore;
  readonly cache?: (real: CacheStore) => CacheStore;
  readonly journal?: (real: Journal) => Journal;
  readonly wire?: (real: Wire) => Wire;
}

const spoiled = <T>(spoil: ((real: T) => T) | undefined, real: T): T => (spoil ? spoil(real) : real);

export interface SimWorkstation {
  /** As the centre last said. */
  actor: Actor;
  readonly device: string;
  disk: ClientDisk;
  readonly line: { up: boolean };
  /** Mutations whose officer was told 已保存, in order. */
  readonly saved: string[];
  /** Ids of everything ever begun here. */
  readonly begun: Set<string>;
  copy(): LocalCopy | undefined;
  start(): Promise<void>;
  /** Dies after so many more operations of its stores. */
  killAfter(operations: number): void;
  /** Tries one deed after another until one is saved. */
  do(deeds: readonly Deed[]): Promise<void>;
  setWorkOffline(on: boolean): void;
  nudge(): void;
  /** The same, and IndexedDB comes up empty at the next start. */
  killAndWipe(operations: number): void;
}

export function simWorkstation(
  dice: Dice,
  time: VirtualTime,
  sim: SimCentre,
  weather: Weather,
  actor: Actor,
  spoil: Spoil,
): SimWorkstation {
  const device = dice.uuid();
  const line = { up: true };
  const session = { officerId: actor.id, districtId: actor.districtId, device };
  const saved: string[] = [];
  const begun = new Set<string>();
  let disk = emptyDisk();
  let wipeNext = false;
  let life: Life | undefined;
  let engine: SyncEngine | undefined;
  let copy: LocalCopy | undefined;

  const uuid = (): string => {
    const drawn = dice.uuid();
    begun.add(drawn);
    return drawn;
  };

  /** The same stores, as long as the program lives. */
  function mortal<T extends object>(stores: T, own: Life): T {
    return new Proxy(stores, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (own.dead) return NEVER;
          own.left -= 1;
          if (own.left <= 0 && dice.chance(0.5)) return die(own);
          const answer = await method.apply(target, args);
          if (own.left <= 0) return die(own);
          return own.dead ? NEVER : answer;
        };
      },
    });
  }

  function die(own: Life): Promise<never> {
    if (!own.dead) {
      own.dead = true;
      own.died();
    }
    return NEVER;
  }

  const self: SimWorkstation = {
    actor,
    device,
    get disk() {
      return disk;
    },
    set disk(next) {
      disk = next;
    },
    line,
    saved,
    begun,
    copy: () => copy,
    async start() {
      const own: Life = {
        dead: false,
        left: Number.POSITIVE_INFINITY,
        died: () => {
          copy = undefined;
          engine = undefined;
          if (wipeNext) disk = emptiedDatabases(disk);
          wipeNext = false;
          time.after(dice.below(20_000), () => void self.start());
        },
      };
      life = own;
      const outbox = spoiled(spoil.outbox, mortal(memoryOutbox(disk), own));
      const cache = spoiled(spoil.cache, mortal(memoryCache(disk), own));
      const journal = spoiled(spoil.journal, mortal(memoryJournal(disk), own));
      const clock = {
        now: () => time.now(),
        sleep: (ms: number, signal?: AbortSignal) => time.sleep(ms, signal).then(() => (own.dead ? NEVER : undefined)),
      };
      const random = { uuid, fraction: () => dice.fraction() };
      await recoverOutbox(outbox, journal, (text) => text);
      const opened = await openLocalCopy(
        { cache, outbox, journal },
        { clock, random, seal: (text) => text, defect: (error) => sim.defects.push(error) },
        self.actor,
        () => undefined,
      );
      copy = opened;
      const wire = spoiled(spoil.wire, simWire(dice, time, sim, session, weather, line));
      engine = startEngine({
        centre: (signal) => centreOver(wire, () => 'token', signal),
        copy: opened,
        files: { run: async () => undefined },
        clock,
        random,
        about: { device, deviceName: 'sim', app: 'sim' },
        officerId: actor.id,
        hasNetwork: () => true,
        freeBytes: () => null,
        mayStore: () => true,
        greeted: async ({ lease }) => {
          const { sub, districtId, roles, streams } = leaseClaims.parse(JSON.parse(lease));
          if (own.dead) return NEVER;
          self.actor = { id: sub, districtId, roles, streams };
          await opened.setActor(self.actor);
        },
        changed: () => undefined,
        wipe: async () => false,
        wiped: () => undefined,
        trace: traceOf(clock),
        checks: { at: async () => time.now(), note: async () => undefined },
        defect: (error) => sim.defects.push(error),
      });
    },
    killAfter(operations) {
      if (life && !life.dead) life.left = operations;
    },
    async do(deeds) {
      for (const { name, args } of deeds) {
        if (!copy) return;
        try {
          const { mid } = await copy.mutate(name, args);
          saved.push(mid);
          return engine?.nudge();
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
        }
      }
    },
    setWorkOffline: (on) => engine?.setWorkOffline(on),
    nudge: () => engine?.nudge(),
    killAndWipe(operations) {
      wipeNext = true;
      self.killAfter(operations);
    },
  };
  return self;
}
