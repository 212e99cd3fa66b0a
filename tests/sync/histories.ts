import { expect } from 'vitest';
import { FAULT_NAMES, type FaultName } from './faults.ts';
import { inWords } from './invariants.ts';
import { type Level, PROTOCOL, simulate } from './simulate.ts';

/** What many histories came to. */
export interface Sums {
  histories: number;
  saved: number;
  applied: number;
  rejected: number;
  merged: number;
  readonly hits: Map<FaultName, number>;
}

export const noSums = (): Sums => ({ histories: 0, saved: 0, applied: 0, rejected: 0, merged: 0, hits: new Map() });

/** Faults that struck in none of them. */
export const neverStruck = ({ hits }: Sums): FaultName[] => FAULT_NAMES.filter((name) => !hits.has(name));

/** Histories from seed `first` on, each of which must be without flaw; `SIM_SEED` replays one instead. */
export async function histories(first: number, count: number, level: Level = PROTOCOL): Promise<Sums> {
  const seed = process.env['SIM_SEED'];
  const seeds = seed === undefined ? Array.from({ length: count }, (_, i) => first + i) : [Number(seed)];
  const sums = noSums();
  for (const one of seeds) {
    const history = await simulate(one, { level });
    expect(history.flaws.map(inWords).join('\n'), `seed ${one}: replay with SIM_SEED=${one}, see docs/simulator.md`).toBe('');
    add(sums, history);
  }
  return sums;
}

export function add(sums: Sums, { saved, applied, rejected, merged, hits }: Awaited<ReturnType<typeof simulate>>): void {
  sums.histories += 1;
  sums.saved += saved;
  sums.applied += applied;
  sums.rejected += rejected;
  sums.merged += merged;
  for (const [name, times] of hits) sums.hits.set(name, (sums.hits.get(name) ?? 0) + times);
}
