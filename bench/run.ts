/**
 * `npm run bench`: our client, server and product beside raw IndexedDB, Dexie, RxDB, PouchDB and bare PostgreSQL, interleaved in one
 * run on the same rows. Machines are noisy: read the ratios, medians of the repetitions. `-- --only regex` runs some cells;
 * BENCH_REPETITIONS (3) and BENCH_SIZE (district) may be set. The references are installed once, beside the product's packages.
 */
import { cpus, loadavg } from 'node:os';
import type { Cell, Figures } from './cell.ts';
import { CELLS, REFERENCES } from './cells/index.ts';
import { ONLY, REPETITIONS, SIZE } from './options.ts';
import { orderOf } from './order.ts';
import { installReferences } from './references/install.ts';
import { reportOf } from './report/report.ts';
import { buildPages, buildProduct } from './stage/build.ts';
import { openStage, type Stage } from './stage/stage.ts';

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

/** Cell → why it gave nothing. */
const failures = new Map<string, string>();

async function run(cell: Cell, stage: Stage): Promise<Figures> {
  const began = performance.now();
  try {
    const figures = await cell.run(stage);
    const told = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`);
    say(`${cell.name} (${((performance.now() - began) / 1000).toFixed(0)} s): ${told.join(', ')}`);
    return Object.fromEntries(Object.entries(figures).map(([name, value]) => [`${cell.name}: ${name}`, value]));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    failures.set(cell.name, error instanceof Error ? error.message : String(error));
    return {};
  }
}

const chosen = CELLS.filter(({ name }) => ONLY.test(name));
const missing = chosen.some(({ name }) => REFERENCES.some((one) => one === name)) ? installReferences() : undefined;
if (missing !== undefined) for (const name of REFERENCES) failures.set(name, missing);
const cells = chosen.filter(({ name }) => !failures.has(name));
await buildPages(missing === undefined && cells.some(({ name }) => REFERENCES.some((one) => one === name)));
await buildProduct();
const stage = await openStage(SIZE);
try {
  for (const cell of cells) await cell.prepare?.(stage);
  const runs: Figures[] = [];
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    say(`repetition ${repetition + 1} of ${REPETITIONS}, load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors`);
    const figures: Figures[] = [];
    for (const cell of orderOf(cells, repetition)) figures.push(await run(cell, stage));
    runs.push(Object.assign({}, ...figures) as Figures);
  }
  console.log(reportOf(runs, failures));
} finally {
  await stage.close();
}
