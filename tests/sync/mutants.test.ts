import { expect, test } from 'vitest';
import { MUTANTS, type Mutant } from './mutants.ts';
import { simulate } from './simulate.ts';

const WITHIN = 3000;

const flawsOf = async (seed: number, { spoil, spoilCentre }: Omit<Mutant, 'bug'>) =>
  (await simulate(seed, { ...(spoil ? { spoil } : {}), ...(spoilCentre ? { spoilCentre } : {}) })).flaws;

test('the same collaborators, wrapped and not spoiled, break no promise', async () => {
  const spoil = () => ({
    outbox: <T extends object>(real: T): T => ({ ...real }),
    cache: <T extends object>(real: T): T => ({ ...real }),
    journal: <T extends object>(real: T): T => ({ ...real }),
    wire: <T extends object>(real: T): T => ({ ...real }),
    copy: <T extends object>(real: T): T => ({ ...real }),
    clock: <T extends object>(real: T): T => ({ ...real }),
  });
  for (let seed = 1; seed <= 20; seed++) expect(await flawsOf(seed, { spoil })).toEqual([]);
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
