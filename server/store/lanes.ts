/** Work with the same key runs one after another; a failed one does not stop those behind it. */
export class Lanes {
  readonly #ends = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#ends.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const end = mine.catch(() => undefined); // the caller of `run` gets the failure; those behind only wait
    this.#ends.set(key, end);
    try {
      return await mine;
    } finally {
      if (this.#ends.get(key) === end) this.#ends.delete(key);
    }
  }
}
