export interface Measured {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rows?: number;
  readonly freezeMs?: number;
  /** Bytes on the disk for each byte of the rows as JSON. */
  readonly stored?: number;
}

interface Line {
  readonly what: string;
  readonly ours: string;
  readonly reference: string;
  /** Goal of sync.md, section 7, as the greatest ratio. */
  readonly goal: string;
}

const LINES: readonly Line[] = [
  { what: 'Dexie bulkPut, same rows', ours: 'dexie', reference: 'raw', goal: '–' },
  { what: 'first load by segments: network, checks, sealing, rows, cursor', ours: 'load', reference: 'raw', goal: '0.3 wall' },
  { what: 'first load by pages alone', ours: 'pages', reference: 'raw', goal: '1.15 CPU, 1.3 wall (G1)' },
  { what: 'packed history unpacked', ours: 'unpack', reference: 'raw', goal: '0.04' },
  { what: 'cold start from the copy to the work of the day', ours: 'coldStart', reference: 'raw', goal: '1,500 ms' },
  { what: 'digests of the district', ours: 'digests', reference: 'raw', goal: '–' },
  { what: 'one edit, durable in outbox and journal', ours: 'edit', reference: 'rawEdit', goal: '3 (G4)' },
  { what: '2,000 offline edits flushed, PostgreSQL', ours: 'flush', reference: 'raw', goal: '0.25 wall (G4)' },
  { what: 'search in the register, top 50', ours: 'search', reference: 'rawSearch', goal: '10 ms (G6)' },
  { what: 'one change from one workstation to another', ours: 'propagation', reference: 'rawEdit', goal: '–' },
];

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const show = (ms: number): string => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0));

/** A table of medians over the repetitions, each beside its reference of the same run. */
export function report(runs: readonly ReadonlyMap<string, Measured>[]): string {
  const of = (name: string, field: 'ms' | 'cpuMs' | 'freezeMs' | 'rows' | 'stored'): number =>
    median(runs.map((run) => run.get(name)?.[field] ?? 0));
  const ratio = (ours: string, reference: string, field: 'ms' | 'cpuMs'): string => {
    const ratios = runs.map((run) => (run.get(ours)?.[field] ?? 0) / (run.get(reference)?.[field] || 1));
    return median(ratios).toFixed(2);
  };
  const table = LINES.map(
    ({ what, ours, reference, goal }) =>
      `| ${what} | ${show(of(ours, 'ms'))} | ${show(of(reference, 'ms'))} (${reference}) | ${ratio(ours, reference, 'ms')} | ${show(of(ours, 'cpuMs'))} | ${ratio(ours, reference, 'cpuMs')} | ${goal} |`,
  );
  return [
    `${of('unpack', 'rows')} rows, ${runs.length} repetitions, medians; longest time the page could not answer during the first load: ${show(of('load', 'freezeMs'))} ms by segments, ${show(of('pages', 'freezeMs'))} ms by pages; on the disk ${of('unpack', 'stored').toFixed(2)} of the rows as JSON`,
    '| cell | ms | reference ms | × wall | CPU ms | × CPU | goal |',
    '|---|---|---|---|---|---|---|',
    ...table,
  ].join('\n');
}
