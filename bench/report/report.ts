import type { Figures } from '../cell.ts';
import { type Line, type Part, PARTS, type Value } from './lines.ts';

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function valueOf(figures: Figures, value: Value): number {
  const of = (name: string): number => figures[name] ?? Number.NaN;
  return typeof value === 'function' ? value(of) : [value].flat().reduce((sum, name) => sum + of(name), 0);
}

const known = (values: readonly number[]): number[] => values.filter((value) => Number.isFinite(value));

interface Result extends Line {
  readonly value: number;
  readonly ratio: number;
}

/** Medians over the repetitions; a ratio is that of the two within one repetition. */
function resultOf(runs: readonly Figures[], line: Line): Result {
  const { here, beside } = line;
  const value = median(known(runs.map((figures) => valueOf(figures, here))));
  const ratios = beside === undefined ? [] : runs.map((figures) => valueOf(figures, here) / valueOf(figures, beside));
  return { ...line, value, ratio: median(known(ratios)) };
}

const rounded = (value: number): string =>
  value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB', { useGrouping: value >= 10_000 });

const shown = ({ value, unit = 'ms' }: Result): string => `${rounded(value)}${unit === 'ms' ? '' : ` ${unit}`}`;
/** With the cell it is divided by. */
const ratioShown = ({ ratio, beside = '', besideIs = String([beside].flat()[0]).replace(/:.*/, '') }: Result): string =>
  Number.isNaN(ratio) ? '' : `${ratio.toFixed(ratio < 0.1 ? 3 : 2)} ${besideIs}`;

function goalShown({ most, least, beside, unit = 'ms' }: Result): string {
  if (most === undefined && least === undefined) return '';
  const bound = most ?? least ?? 0;
  const number = beside === undefined ? `${bound} ${unit}` : bound.toFixed(bound < 0.1 ? 3 : 2);
  return `${most === undefined ? '≥' : '≤'} ${number}`;
}

/** Kept, or missed by which part of the goal. */
function verdict({ most, least, beside, value, ratio }: Result): string {
  const reached = beside === undefined ? value : ratio;
  if (Number.isNaN(reached)) return '';
  const over = most === undefined ? (least === undefined ? undefined : 1 - reached / least) : reached / most - 1;
  if (over === undefined) return '';
  return over <= 0 ? 'kept' : `**missed by ${Math.ceil(over * 100)} %**`;
}

function partOf(runs: readonly Figures[], { title, lines }: Part): string[] {
  const results = lines.map((line) => resultOf(runs, line)).filter(({ value }) => !Number.isNaN(value));
  if (results.length === 0) return [];
  return [
    `| **${title}** | | | | |`,
    ...results.map(
      (result) => `| ${result.what} | ${shown(result)} | ${ratioShown(result)} | ${goalShown(result)} | ${verdict(result)} |`,
    ),
  ];
}

/** The whole table as Markdown, and what could not be run. */
export function reportOf(runs: readonly Figures[], failures: ReadonlyMap<string, string>): string {
  const rows = median(known(runs.map((figures) => figures['raw: rows'] ?? Number.NaN)));
  return [
    ...(Number.isNaN(rows) ? [] : [`${rows} rows, ${runs.length} repetitions, medians, ms where nothing else is said.`]),
    '| | here | × beside | goal | |',
    '|---|---|---|---|---|',
    ...PARTS.flatMap((part) => partOf(runs, part)),
    ...[...failures].map(([cell, why]) => `\nNot run: ${cell}: ${why}`),
  ].join('\n');
}
