import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeLevel } from './code-level.ts';
import { histories, neverStruck } from './histories.ts';

const COUNT = Number(process.env['SIM_CODE_COUNT'] ?? 200);

let level: Awaited<ReturnType<typeof codeLevel>>;

beforeAll(async () => {
  level = await codeLevel();
}, 120_000);

afterAll(() => level.close());

test(`${COUNT} histories over the product’s own databases`, async () => {
  const sums = await histories(1, COUNT, level);
  if (sums.histories > 100) expect(neverStruck(sums)).toEqual([]);
}, 900_000);
