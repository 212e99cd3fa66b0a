/** Prints how long the source files of each top folder are: `npm run stats`. Generated and vendored files are not counted. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const SOURCE = /^(shared|renderer|server|electron|tests|scripts|bench)\/.*\.(ts|tsx|mjs)$/;

const lengthOf = (file: string): number => readFileSync(file, 'utf8').trimEnd().split('\n').length;

/** The value below which `share` of the sorted values lie. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

function describe(files: readonly string[]): Record<string, string | number> {
  const lengths = files.map((file) => [lengthOf(file), file] as const).toSorted(([a], [b]) => a - b);
  const sorted = lengths.map(([lines]) => lines);
  return {
    files: files.length,
    lines: sorted.reduce((sum, lines) => sum + lines, 0),
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    largest: sorted.at(-1) ?? 0,
    'largest file': lengths.at(-1)?.[1] ?? '',
  };
}

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
const sources = tracked.filter((file) => SOURCE.test(file) && existsSync(file));
const folders = Map.groupBy(sources, (file) => file.split('/')[0] ?? '');
const rows = [...folders].map(([folder, files]) => [folder, describe(files)] as const);
console.table(Object.fromEntries([...rows, ['all', describe(sources)]]));
