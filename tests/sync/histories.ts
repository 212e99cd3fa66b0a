import { expect, test } from 'vitest';
import { inWords } from './invariants.ts';
import { type Level, PROTOCOL, simulate } from './simulate.ts';
import { add, neverStruck, noSums, ofOne } from './sums.ts';

/** One part of the histories that are run with every change; the parts are files of their own, so that they run side by side. */
export function runPart(part: number, perPart: number, level: () => Level = () => PROTOCOL): void {
  const count = Number(process.env['SIM_COUNT'] ?? perPart);
  const seeds = Array.from({ length: count }, (_, i) => (part - 1) * count + 1 + i);
  const only = process.env['SIM_SEED'];
  const [first, last] = [seeds[0], seeds.at(-1)];
  test(`histories ${first} to ${last} under every fault: no promise is broken`, async () => {
    const sums = noSums();
    for (const seed of only === undefined ? seeds : [Number(only)]) {
      const history = await simulate(seed, { level: level() });
      const told = [...history.flaws.map(inWords), ...(history.flaws.length > 0 ? history.traces : [])].join('\n');
      expect(told, `seed ${seed}; docs/simulator.md says how it is replayed`).toBe('');
      add(sums, ofOne(history));
    }
    // A run in which a fault never struck, everything is refused, or nothing, would prove nothing.
    const many = only === undefined && count >= 200;
    const lively = sums.applied > sums.saved / 3 && sums.rejected > count / 2 && sums.merged > count / 2;
    if (many && !lively) throw new Error(`too little happened: ${JSON.stringify(sums)}`);
    expect(many ? neverStruck(sums) : []).toEqual([]);
  }, 1_200_000);
}
