import type { Clock, Random } from './ports.ts';

/** The clock and the dice of this computer. */
export const deviceClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (signal?.aborted) done();
      else signal?.addEventListener('abort', done);
    }),
};

export const deviceRandom: Random = { uuid: () => crypto.randomUUID(), fraction: () => Math.random() };
