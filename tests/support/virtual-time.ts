import type { Clock } from '../../renderer/sync/ports.ts';

interface Due {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that passes only when nobody has anything left to do; events at one moment fire in the order they were asked for. */
export class VirtualTime {
  #now: number;
  #order = 0;
  #due: Due[] = [];

  readonly #idle: (() => Promise<void>) | undefined;

  /** `idle`: resolves once no real input or output is under way; left out where everything only waits for resolved promises. */
  constructor(startAt: number, idle?: () => Promise<void>) {
    this.#now = startAt;
    this.#idle = idle;
  }

  /** Lets everything run to its end that waits for no time. */
  async #drain(): Promise<void> {
    await turn();
    await this.#idle?.();
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fire: () => void): () => void {
    const due = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#order++, fire };
    const place = this.#due.findIndex((one) => one.at > due.at);
    this.#due.splice(place === -1 ? this.#due.length : place, 0, due);
    return () => {
      this.#due = this.#due.filter((one) => one.order !== due.order);
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
    await this.#drain();
    for (let next = this.#due[0]; next && next.at <= end; next = this.#due[0]) {
      if (done()) return true;
      this.#due.shift();
      this.#now = next.at;
      next.fire();
      await this.#drain();
    }
    this.#now = Math.max(this.#now, end);
    return done();
  }

  /** Everything sleeps: time goes on, and what was due later is due as much later. */
  suspend(ms: number): void {
    this.#now += ms;
    this.#due = this.#due.map((due) => ({ ...due, at: due.at + ms }));
  }

  clock(): Clock {
    return { now: () => this.now(), sleep: (ms, signal) => this.sleep(ms, signal) };
  }
}
