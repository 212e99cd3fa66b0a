import { Fault } from '#shared/errors.ts';
import type { CacheChanges } from '../../renderer/sync/ports.ts';
import type { Dice } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import type { FaultName, Weather } from './faults.ts';

/** One run of the program on a workstation. A dead program hears nothing more: what it asked for never answers. */
export interface Life {
  dead: boolean;
  /** Operations of its stores that have begun and not ended. */
  busy: number;
  /** A store refused or was silent, and the copy has not been written whole since. */
  troubled: boolean;
  /** Resolves when it dies. */
  readonly end: Promise<void>;
  die(): void;
  /** Dies at this point, the next time it comes to it. */
  arm(kill: KillName): void;
}

/** Where a kill strikes: which operation, before or after it took effect, and whether just this one. */
interface Point {
  readonly operation: string;
  readonly when: 'before' | 'after';
  readonly only?: (args: readonly unknown[]) => boolean;
}

const amidLoad = ([changes]: readonly unknown[]): boolean => (changes as CacheChanges).cursor?.inStepAt === null;

const KILLS = {
  killBeforeOutbox: { operation: 'outbox.add', when: 'before' },
  killBeforeJournal: { operation: 'journal.append', when: 'before' },
  killAfterJournal: { operation: 'journal.append', when: 'after' },
  killBeforeCacheCommit: { operation: 'cache.apply', when: 'before' },
  killAfterCacheCommit: { operation: 'cache.apply', when: 'after' },
  killAfterAck: { operation: 'outbox.decide', when: 'after' },
  killBeforeOutboxDelete: { operation: 'outbox.settle', when: 'before' },
  killBetweenPages: { operation: 'cache.apply', when: 'after', only: amidLoad },
} as const satisfies Partial<Record<FaultName, Point>>;

export type KillName = keyof typeof KILLS | 'killAnywhere' | 'tornJournal';
export const KILL_NAMES = [...(Object.keys(KILLS) as (keyof typeof KILLS)[]), 'killAnywhere', 'tornJournal'] as const;

const NEVER = new Promise<never>(() => undefined);

/** Operations that write; on a full disk each of them refuses. */
const WRITES = /^(outbox\.(add|decide|settle|update|putIssue|withdraw)|journal\.(append|trim)|cache\.(apply|dropStream))$/;
/** Operations that answered nothing on a full disk. */
const MAY_BE_SILENT = /^(outbox|cache)\./;
const WATCHDOG_MS = 5000;

interface Around {
  readonly time: VirtualTime;
  readonly weather: Weather;
  /** Half a line is left in the journal. */
  readonly tear: () => void;
  readonly died: () => void;
}

/** A program's life, and its stores as they are while it lives. */
export function newLife({ time, weather, tear, died }: Around): Life & { mortal<T extends object>(kind: string, stores: T): T } {
  const armed = new Set<KillName>();
  const end = Promise.withResolvers<void>();
  let left = Number.POSITIVE_INFINITY;
  let fullUntil = 0;
  let fullFor: RegExp = WRITES;

  function die(): void {
    if (life.dead) return;
    life.dead = true;
    end.resolve();
    died();
  }

  /** Dies here if that is what was to be; answers whether it did. */
  function diesAt(operation: string, when: Point['when'], args: readonly unknown[]): boolean {
    for (const name of armed) {
      if (!strikesAt(name, operation, when, args)) continue;
      armed.delete(name);
      weather.struck(name);
      if (name === 'tornJournal') tear();
      die();
      return true;
    }
    return false;
  }

  function strikesAt(name: KillName, operation: string, when: Point['when'], args: readonly unknown[]): boolean {
    if (name === 'tornJournal') return operation === 'journal.append' && when === 'before';
    if (name === 'killAnywhere') return left-- <= 0;
    const point: Point = KILLS[name];
    return point.operation === operation && point.when === when && (point.only?.(args) ?? true);
  }

  function mustHaveRoom(operation: string, dice: Dice): void {
    if (!WRITES.test(operation)) return;
    if (weather.strikes('diskFull')) {
      fullUntil = time.now() + dice.below(30_000);
      fullFor = dice.pick([WRITES, /^(outbox|cache)/, /^journal/]);
    }
    if (time.now() >= fullUntil || !weather.knows('diskFull') || !fullFor.test(operation)) return;
    life.troubled = true;
    throw new Fault('diskFull', 'no space left');
  }

  async function run(operation: string, args: readonly unknown[], effect: () => Promise<unknown>): Promise<unknown> {
    if (diesAt(operation, 'before', args)) return NEVER;
    mustHaveRoom(operation, weather.dice('diskFull'));
    if (MAY_BE_SILENT.test(operation) && weather.strikes('silentStore')) {
      if (weather.dice('silentStore').chance(0.5)) await effect();
      life.troubled = true;
      await time.sleep(WATCHDOG_MS);
      throw new Fault('storageSlow', 'no event');
    }
    const answer = await effect();
    if (diesAt(operation, 'after', args)) return NEVER;
    if (operation === 'cache.apply' && (args[0] as CacheChanges).cursor) life.troubled = false;
    return answer;
  }

  const life = {
    dead: false,
    busy: 0,
    troubled: false,
    end: end.promise,
    die,
    arm(name: KillName): void {
      armed.add(name);
      if (name === 'killAnywhere') left = weather.dice(name).below(24);
    },
    mortal<T extends object>(kind: string, stores: T): T {
      return new Proxy(stores, {
        get(target, name, receiver) {
          const method = Reflect.get(target, name, receiver) as (...args: unknown[]) => Promise<unknown>;
          return async (...args: unknown[]) => {
            if (life.dead) return NEVER;
            life.busy += 1;
            try {
              const answer = await run(`${kind}.${String(name)}`, args, () => method.apply(target, args));
              return life.dead ? NEVER : answer;
            } finally {
              life.busy -= 1;
            }
          };
        },
      });
    },
  };
  return life;
}
