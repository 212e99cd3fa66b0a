import { expect, test } from 'vitest';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import type { Spoil } from './sim-workstation.ts';
import { simulate } from './simulate.ts';

const WITHIN = 3000;

const flawsOf = async (seed: number, { spoil, spoilCentre }: Omit<Mutant, 'bug'>) =>
  (await simulate(seed, { ...(spoil ? { spoil } : {}), ...(spoilCentre ? { spoilCentre } : {}) })).flaws;

const same = <T extends object>(real: T): T => ({ ...real });
const wrapped = (): Spoil => ({ outbox: same, cache: same, journal: same, wire: same, copy: same, clock: same });

test('the same collaborators, wrapped and not spoiled, break no promise', async () => {
  for (let seed = 1; seed <= 20; seed++) expect(await flawsOf(seed, { spoil: wrapped })).toEqual([]);
}, 60_000);

test('there are at least 25 of them', () => {
  expect(new Set(MUTANTS.map(({ bug }) => bug)).size).toBeGreaterThanOrEqual(25);
});

test.each(MUTANTS)(
  'the simulator finds: $bug',
  async ({ bug, ...mutant }) => {
    let found = 0;
    for (let seed = 1; seed <= WITHIN && found === 0; seed++)
      if ((await flawsOf(seed, mutant)).length > 0 && (await flawsOf(seed, {})).length === 0) found = seed;
    process.stdout.write(`${String(found).padStart(5)}  ${bug}\n`);
    expect(found).toBeGreaterThan(0);
  },
  600_000,
);
