import { FAULT_NAMES, type FaultName } from './faults.ts';
import type { History } from './simulate.ts';

/** What many histories came to. */
export interface Sums {
  histories: number;
  saved: number;
  applied: number;
  merged: number;
  rejected: number;
  readonly hits: Partial<Record<FaultName, number>>;
}

export const noSums = (): Sums => ({ histories: 0, saved: 0, applied: 0, merged: 0, rejected: 0, hits: {} });

export const COUNTS = ['histories', 'saved', 'applied', 'merged', 'rejected'] as const satisfies readonly (keyof Sums)[];

export const ofOne = ({ saved, applied, merged, rejected, hits }: History): Sums => ({
  histories: 1,
  saved,
  applied,
  merged,
  rejected,
  hits: Object.fromEntries(hits),
});

export function add(sums: Sums, more: Sums): void {
  for (const name of COUNTS) sums[name] += more[name];
  for (const name of FAULT_NAMES) {
    const times = (sums.hits[name] ?? 0) + (more.hits[name] ?? 0);
    if (times > 0) sums.hits[name] = times;
  }
}

/** Faults that struck in none of them. */
export const neverStruck = ({ hits }: Sums): FaultName[] => FAULT_NAMES.filter((name) => hits[name] === undefined);
