/** One process of `npm run soak`: runs the histories it is told to and tells what they came to. */
import { inWords } from '../tests/sync/invariants.ts';
import { simulate } from '../tests/sync/simulate.ts';
import { add, noSums, ofOne, type Sums } from '../tests/sync/sums.ts';

export interface Part {
  readonly from: number;
  readonly count: number;
}

export interface Told {
  readonly sums: Sums;
  readonly flaws: readonly { readonly seed: number; readonly words: string }[];
}

async function run({ from, count }: Part): Promise<Told> {
  const sums = noSums();
  const flaws: { seed: number; words: string }[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const history = await simulate(seed);
    add(sums, ofOne(history));
    if (history.flaws.length > 0) flaws.push({ seed, words: history.flaws.map(inWords).join('\n') });
  }
  return { sums, flaws };
}

process.on('message', (part: Part) => {
  void run(part).then((told) => process.send?.(told));
});
