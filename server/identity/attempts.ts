import { Fault } from '#shared/errors.ts';

const WINDOW_MS = 60_000;
const KEYS = 100_000;

/**
 * Counts tries per key and minute and refuses beyond `most`. It only slows guessing down, so every process counts for itself;
 * the lock of an account stands in the database.
 */
export class Attempts {
  readonly #most: number;
  #since = 0;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  take(key: string, now: number): void {
    if (now - this.#since >= WINDOW_MS || this.#counts.size >= KEYS) {
      this.#since = now;
      this.#counts.clear();
    }
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count > this.#most)
      throw new Fault('tooManyRequests', 'too many tries', { retryAfterS: Math.ceil((this.#since + WINDOW_MS - now) / 1000) });
  }
}
