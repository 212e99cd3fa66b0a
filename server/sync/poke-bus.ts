import type { Database } from '../store/pg/pool.ts';

type Heads = ReadonlyMap<string, number>;

/**
 * Tells who listens that a stream has a new head. A hint, never the truth: what is not heard is found by asking.
 * Within this process a commit is told at once; what other processes commit is found by reading all heads every two seconds.
 */
export class PokeBus {
  readonly #known = new Map<string, number>();
  readonly #listeners = new Set<(heads: Heads) => void>();

  publish(heads: Heads): void {
    const news = new Map([...heads].filter(([stream, seq]) => seq > (this.#known.get(stream) ?? 0)));
    if (news.size === 0) return;
    for (const [stream, seq] of news) this.#known.set(stream, seq);
    for (const hear of this.#listeners) hear(news);
  }

  /** Answers how to stop listening. */
  subscribe(hear: (heads: Heads) => void): () => void {
    this.#listeners.add(hear);
    return () => void this.#listeners.delete(hear);
  }
}

/** Every stream's head, as the database has it now. */
export async function readHeads(database: Database): Promise<Heads> {
  const { rows } = await database.sql.query('select stream, seq from sync_head');
  return new Map((rows as readonly { readonly stream: string; readonly seq: number }[]).map(({ stream, seq }) => [stream, seq]));
}
