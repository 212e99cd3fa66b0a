import { mkdirSync, writeFileSync } from 'node:fs';
import type { Proof } from './proof.ts';

/** A line of the table that `npm run kills` prints. */
export interface Result extends Pick<Proof, 'saved' | 'lost' | 'doubled' | 'refused'> {
  readonly what: string;
  /** Kills or restores. */
  readonly times: number;
  readonly seconds: number;
}

const FOLDER = 'test-results/kills';

/** Leaves the line where `scripts/kills.ts` finds it, and prints it. */
export function report(name: string, result: Result, more: string): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${name}.json`, JSON.stringify(result));
  const { what, times, saved, lost, doubled, refused, seconds } = result;
  console.log(
    `${what}: ${times} times, ${saved} saved, ${lost} lost, ${doubled} doubled, ${refused} refused, ${seconds} s; ${more}`,
  );
}
