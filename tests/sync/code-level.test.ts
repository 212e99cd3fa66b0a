/** Histories over the product's own databases; in what follows real input and output there is no fixed order, all else follows the seed. */
import { afterAll, beforeAll } from 'vitest';
import { codeLevel } from './code-level.ts';
import { runPart } from './histories.ts';
import { PROTOCOL } from './simulate.ts';

let level: Awaited<ReturnType<typeof codeLevel>> | undefined;

beforeAll(async () => {
  level = await codeLevel();
}, 120_000);

afterAll(() => level?.close());

runPart(1, 200, () => level ?? PROTOCOL);
