/**
 * `npm run soak -- [count] [--from seed]`: many histories of the simulator over all cores; prints what they came to and writes
 * nothing. `--shrink seed`: the least weather under which a seed still fails. `--mutants`: how often each planted bug is found.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { FAULT_NAMES, FAULTS, type FaultName } from '../tests/sync/faults.ts';
import { inWords } from '../tests/sync/invariants.ts';
import type { Mutant } from '../tests/sync/mutant.ts';
import { MUTANTS } from '../tests/sync/mutants.ts';
import { type History, type Options, simulate } from '../tests/sync/simulate.ts';
import { add, COUNTS, neverStruck, noSums } from '../tests/sync/sums.ts';
import type { Part, Told } from './soak-part.ts';

const AT_ONCE = 100;
const TELL_EVERY_MS = 10_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string', default: '1' },
    shrink: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function soak(first: number, count: number): Promise<boolean> {
  const sums = noSums();
  const failed: Told['flaws'][number][] = [];
  const began = Date.now();
  let next = first;
  let toldAt = began;
  const oneProcess = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'soak-part.ts'));
      const more = (): void => {
        if (next >= first + count) {
          child.disconnect();
          return;
        }
        const part: Part = { from: next, count: Math.min(AT_ONCE, first + count - next) };
        next += part.count;
        child.send(part);
      };
      child.on('message', ({ sums: some, flaws }: Told) => {
        add(sums, some);
        failed.push(...flaws);
        for (const { seed, words } of flaws) say(`seed ${seed}\n${words}`);
        if (Date.now() - toldAt > TELL_EVERY_MS) {
          toldAt = Date.now();
          const perHour = Math.round((sums.histories / (toldAt - began)) * 3600_000);
          say(`${sums.histories} of ${count}, ${failed.length} failed, ${perHour} an hour`);
        }
        more();
      });
      child.once('error', reject);
      child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a process ended with ${code}`))));
      more();
    });
  await Promise.all(Array.from({ length: availableParallelism() }, oneProcess));
  say(`\nseeds ${first} to ${first + count - 1}, ${Math.round((Date.now() - began) / 1000)} s`);
  for (const name of COUNTS) say(`${name.padEnd(10)} ${sums[name]}`);
  say('');
  for (const name of FAULT_NAMES) say(`${String(sums.hits[name] ?? 0).padStart(9)}  ${name.padEnd(22)} ${FAULTS[name][1]}`);
  const missing = neverStruck(sums);
  if (missing.length > 0) say(`\nnever struck: ${missing.join(', ')}`);
  const bound = (3 / sums.histories).toExponential(1);
  say(
    failed.length > 0
      ? `\nfailed: ${failed.map(({ seed }) => seed).join(', ')}`
      : `\nno flaw: fewer than ${bound} per history, 95 % sure`,
  );
  return failed.length === 0;
}

/** Fewer deeds, then one fault after another switched off, as long as it still fails. */
async function shrink(seed: number): Promise<void> {
  let least: History = await simulate(seed);
  let deeds = 30;
  let off: ReadonlySet<FaultName> = new Set();
  async function stillFails(options: Options): Promise<boolean> {
    const history = await simulate(seed, options);
    if (history.flaws.length > 0) least = history;
    return history.flaws.length > 0;
  }
  if (least.flaws.length === 0) return say(`seed ${seed} does not fail`);
  const fewer = async (): Promise<void> => {
    while (deeds > 1 && (await stillFails({ deeds: deeds - 1, off }))) deeds -= 1;
  };
  await fewer();
  for (const name of FAULT_NAMES) {
    const without = new Set([...off, name]);
    if (await stillFails({ deeds, off: without })) off = without;
  }
  await fewer();
  say(`seed ${seed} fails with ${deeds} deeds and`);
  for (const [name, times] of least.hits) say(`  ${name} ${times} times`);
  say([...least.flaws.map(inWords), ...least.traces].join('\n'));
}

async function score({ bug, spoil, spoilCentre }: Mutant): Promise<void> {
  const found: number[] = [];
  for (let seed = 1; seed <= 100 || (found.length === 0 && seed <= 3000); seed++) {
    const { flaws } = await simulate(seed, { ...(spoil ? { spoil } : {}), ...(spoilCentre ? { spoilCentre } : {}) });
    if (flaws.length > 0) found.push(seed);
  }
  const share = found.filter((seed) => seed <= 100).length;
  say(`| ${bug} | ${found[0] ?? 'never'} | ${share} % |`);
}

if (values.shrink !== undefined) await shrink(Number(values.shrink));
else if (values.mutants) for (const mutant of MUTANTS) await score(mutant);
else if (!(await soak(Number(values.from), Number(positionals[0] ?? 100_000)))) process.exitCode = 1;
