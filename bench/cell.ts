import type { Stage } from './stage/stage.ts';

/** What a cell measured: `pages.ms`, `pages.cpuMs`, `spread.p95Ms`, …; times in ms. */
export type Figures = Readonly<Record<string, number>>;

/** One thing that is measured as a whole, on a profile and a database that nothing was done with before. */
export interface Cell {
  readonly name: string;
  /** What must be made ready before the first repetition, because making it disturbs others. */
  readonly prepare?: (stage: Stage) => Promise<unknown>;
  run(stage: Stage): Promise<Figures>;
}
