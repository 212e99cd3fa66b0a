/** A bell: `ring` wakes who waits, or the next one to wait. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, at once if it rang since the last wait, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>;
}

export function bell(): Bell {
  let rung = false;
  let waiting: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      waiting?.();
    },
    wait: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          waiting = undefined;
          rung = false;
          signal.removeEventListener('abort', done);
          resolve();
        };
        if (rung || signal.aborted) return done();
        waiting = done;
        signal.addEventListener('abort', done);
      }),
  };
}

/** Waits for the first of several things; the others stop waiting. */
export async function oneOf(signal: AbortSignal, waits: (stop: AbortSignal) => readonly Promise<void>[]): Promise<void> {
  const over = new AbortController();
  await Promise.race(waits(AbortSignal.any([signal, over.signal])));
  over.abort();
}
