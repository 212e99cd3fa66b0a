/** How things are measured within a page. */
import type { Figures } from '../cell.ts';

declare global {
  interface Window {
    /** CPU time the whole browser used so far, whichever of its processes did the work. */
    readonly cpuMs: () => Promise<number>;
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
export const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;
export const p95 = (values: readonly number[]): number => sorted(values)[Math.floor(values.length * 0.95)] ?? Number.NaN;

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** Something large: on the clock, and of the processor. */
export async function large(name: string, work: () => Promise<unknown>): Promise<Figures> {
  const before = await window.cpuMs();
  const ms = await timed(work);
  return { [name]: ms, [`${name} cpu`]: (await window.cpuMs()) - before };
}

/** Something large during which somebody wants to click: with the longest time the page could not have answered. */
export async function withFreeze(name: string, work: () => Promise<unknown>): Promise<Figures> {
  let last = performance.now();
  let longest = 0;
  const beat = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 4);
  const figures = await large(name, work);
  clearInterval(beat);
  return { ...figures, [`${name} freeze`]: longest };
}

/** Something small, so often that its median says something. */
export async function often(times: number, work: (turn: number) => Promise<unknown>): Promise<readonly number[]> {
  const each: number[] = [];
  for (let turn = 0; turn < times; turn++) each.push(await timed(() => work(turn)));
  return each;
}

const BATCHES = 5;
const AT_ONCE = 20;

/** Something so small that the page's clock, which counts in tenths, must look at many of it. */
export async function tiny(work: () => Promise<unknown>): Promise<number> {
  const batches = await often(BATCHES, async () => {
    for (let turn = 0; turn < AT_ONCE; turn++) await work();
  });
  return median(batches) / AT_ONCE;
}

export async function until(done: () => unknown): Promise<void> {
  while (!done()) await pause(5);
}
