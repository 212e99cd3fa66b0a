import type { CacheStore, Journal, OutboxStore } from '../../renderer/sync/ports.ts';
import type { Wiped } from './sim-disk.ts';

/** What an onlooker has noted of one officer's work at one workstation. */
export interface Books {
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
}

export interface OpenBooks extends Books {
  begins(mid: string): void;
  saves(mid: string): void;
  /** The last one to be taken out of the outbox: the officer has heard that it is not saved. */
  refuses(): void;
  holds(stream: string): void;
  /** Before a program starts: what was called not saved and is not written down as such, nobody can promise any more. */
  starts(journal: Journal): Promise<void>;
  /** `decided`: mutations the centre has ever decided. */
  wiped(what: Wiped, journal: Journal, decided: ReadonlySet<string>): Promise<void>;
  ofOutbox(outbox: OutboxStore): OutboxStore;
  ofCache(cache: CacheStore): CacheStore;
}

const linesOf = async (journal: Journal): Promise<string[]> => (await journal.read()).entries.map(({ text }) => text);

export function openBooks(): OpenBooks {
  const saved: string[] = [];
  const begun = new Set<string>();
  const takenBack = new Set<string>();
  const withdrawn = new Set<string>();
  const forgotten = new Set<string>();
  const drops = new Map<string, number>();
  let lastWithdrawn: string | undefined;
  const forget = (stream: string): void => void drops.set(stream, (drops.get(stream) ?? 0) + 1);

  return {
    saved,
    begun,
    takenBack,
    forgotten,
    drops,
    begins: (mid) => void begun.add(mid),
    saves: (mid) => void saved.push(mid),
    refuses() {
      if (lastWithdrawn !== undefined) takenBack.add(lastWithdrawn);
    },
    holds(stream) {
      if (!drops.has(stream)) drops.set(stream, 0);
    },
    async starts(journal) {
      lastWithdrawn = undefined;
      const lines = await linesOf(journal);
      for (const mid of takenBack) {
        const said = lines.filter((text) => text.includes(mid));
        const isVoid = said.some((text) => text.includes('"void"'));
        if (!isVoid && (said.length > 0 || !withdrawn.has(mid))) takenBack.delete(mid);
      }
    },
    async wiped(what, journal, decided) {
      const lines = await linesOf(journal);
      if (what !== 'cache')
        for (const mid of saved) if (decided.has(mid) && !lines.some((text) => text.includes(mid))) forgotten.add(mid);
      if (what !== 'outbox') for (const stream of drops.keys()) forget(stream);
    },
    ofOutbox: (outbox) => ({
      ...outbox,
      async withdraw(mid) {
        lastWithdrawn = mid;
        await outbox.withdraw(mid);
        withdrawn.add(mid);
      },
    }),
    ofCache: (cache) => ({
      ...cache,
      dropStream(stream) {
        forget(stream);
        return cache.dropStream(stream);
      },
    }),
  };
}
