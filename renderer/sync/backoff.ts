const FIRST_MS = 1000;
const MOST_MS = 60_000;

/** Full jitter: anywhere up to 1 s, 2 s, 4 s … 60 s, so that workstations do not come back all at once. */
export const backoffMs = (failures: number, fraction: number): number =>
  Math.round(Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1)) * (0.2 + 0.8 * fraction));
