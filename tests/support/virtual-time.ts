import type { Clock } from '../../renderer/sync/ports.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

/** Lets everything that only waits for resolved promises run to its end. */
const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only when nobody has anything left to do; events at one moment fire in the order they were asked for. */
export class VirtualTime {
  #now: number;
  #order = 0;
  #due: Due[] = [];

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fire: () => void): () => void {
    const due = { at: this.#now + Math.max(0, ms), order: this.#order++, fire };
    const place = this.#due.findIndex((one) => one.at > due.at);
    this.#due.splice(place === -1 ? this.#due.length : place, 0, due);
    return () => {
      this.#due = this.#due.filter((one) => one !== due);
    };
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', early);
        resolve();
      });
      const early = (): void => {
        cancel();
        resolve();
      };
      signal?.addEventListener('abort', early, { once: true });
    });
  }

  /** Runs until `done` says so after an event, or `untilMs` have passed; answers whether it was done. */
  async run(untilMs: number, done: () => boolean = () => false): Promise<boolean> {
    const end = this.#now + untilMs;
    await drain();
    for (let next = this.#due[0]; next && next.at <= end; next = this.#due[0]) {
      if (done()) return true;
      this.#due.shift();
      this.#now = next.at;
      next.fire();
      await drain();
    }
    this.#now = Math.max(this.#now, end);
    return done();
  }

  clock(): Clock {
    return { now: () => this.now(), sleep: (ms, signal) => this.sleep(ms, signal) };
  }
}
