import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';

const FIRST = Number(process.env['SIM_SEED'] ?? 1);
const COUNT = process.env['SIM_SEED'] === undefined ? Number(process.env['SIM_COUNT'] ?? 1000) : 1;

test(`${COUNT} histories under every fault: nothing is lost, doubled or reordered, and all copies end equal`, async () => {
  const sums = { saved: 0, applied: 0, rejected: 0, merged: 0 };
  for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
    const history = await simulate(seed);
    const told = history.flaws.map(({ promise, seen }) => `${promise}: ${seen}`).join('\n');
    expect(told, `replay with SIM_SEED=${seed} npx vitest run tests/sync/simulator.test.ts`).toBe('');
    for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += history[name];
  }
  // A simulator in which everything is refused, or nothing, would prove nothing.
  const lively = sums.applied > sums.saved / 4 && sums.rejected > COUNT / 10 && sums.merged > COUNT / 10;
  expect({ lively: lively || COUNT < 100, sums }).toMatchObject({ lively: true });
}, 600_000);
