import { flaw, type Flaw } from './invariants.ts';

const WINDOW_MS = 60_000;
/** With a line that fails at once, full jitter tries about ten times in its first minute; a proxy that lets no events through adds twelve. */
const MOST = 40;

/** Counts how often a workstation greets the centre without anybody having woken it. */
export interface Pace {
  tried(): void;
  /** Somebody did something, or an event came: one more try is fair. */
  woken(): void;
}

export function pace(now: () => number, flaws: Flaw[]): Pace {
  let tries: number[] = [];
  let wakes: number[] = [];
  return {
    tried() {
      const from = now() - WINDOW_MS;
      tries = [...tries.filter((at) => at > from), now()];
      wakes = wakes.filter((at) => at > from);
      if (tries.length > MOST + 2 * wakes.length)
        flaws.push(flaw('I13', `${tries.length} greetings within a minute, woken ${wakes.length} times`));
    },
    woken: () => void wakes.push(now()),
  };
}
