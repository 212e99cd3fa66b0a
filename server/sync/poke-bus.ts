export type Heads = ReadonlyMap<string, number>;

interface Listener {
  hear(heads: Heads): void;
  /** The centre goes on with another history: what was heard before says nothing any more. */
  renewed?(): void;
}

/**
 * Tells who listens that a stream has a new head. A hint, never the truth: what is not heard is found by asking.
 * Within this process a commit is told at once, from other processes by NOTIFY, and at the latest when all heads are read.
 */
export class PokeBus {
  #known: Heads = new Map();
  readonly #listeners = new Set<Listener>();

  /** Heads that were seen; each was committed before it was told. */
  get known(): Heads {
    return this.#known;
  }

  publish(heads: Heads): void {
    const news = new Map([...heads].filter(([stream, seq]) => seq > (this.#known.get(stream) ?? 0)));
    if (news.size === 0) return;
    this.#known = new Map([...this.#known, ...news]);
    for (const listener of this.#listeners) listener.hear(news);
  }

  /** Goes on from `heads`, which may lie below those that were known. */
  renew(heads: Heads): void {
    this.#known = new Map(heads);
    for (const listener of this.#listeners) listener.renewed?.();
  }

  /** Answers how to stop listening. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
