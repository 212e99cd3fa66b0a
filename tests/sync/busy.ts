/** Real input and output under way: virtual time stands still until it is over. */
export interface Busy {
  with<T>(work: Promise<T>): Promise<T>;
  /** Resolves once nothing is under way, and nothing new has begun of what followed from it. */
  idle(): Promise<void>;
}

export function busy(): Busy {
  const going = new Set<Promise<unknown>>();
  return {
    with(work) {
      const over = (): void => void going.delete(work);
      going.add(work);
      work.then(over, over);
      return work;
    },
    async idle() {
      while (going.size > 0) {
        await Promise.allSettled(going);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}
