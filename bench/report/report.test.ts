import { expect, test } from 'vitest';
import { reportOf } from './report.ts';

const lineOf = (report: string, what: string): string => report.split('\n').find((line) => line.includes(what)) ?? '';

test('a ratio is the median of those within each repetition, and a goal that is missed says by how much', () => {
  const runs = [
    { 'raw: load': 1000, 'segments: load': 200 },
    { 'raw: load': 4000, 'segments: load': 1800 },
    { 'raw: load': 2000, 'segments: load': 900 },
  ];
  expect(lineOf(reportOf(runs, new Map()), '**ours by segments**')).toBe(
    '| **ours by segments** | 900 | 0.45 raw | ≤ 0.30 | **missed by 50 %** |',
  );
});

test('what must be fast enough a second is missed from below', () => {
  const report = reportOf([{ 'database: one clock': 400 }], new Map());
  expect(lineOf(report, 'one district')).toContain('| ≥ 500 /s | **missed by 20 %** |');
});

test('what did not run is left out of the table and named below it', () => {
  const report = reportOf([{ 'raw: load': 1000 }], new Map([['rxdb', 'npm ci failed']]));
  expect(lineOf(report, 'RxDB, end to end')).toBe('');
  expect(report).toContain('Not run: rxdb: npm ci failed');
});
