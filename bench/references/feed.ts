import type { PlainRow } from '../page/plain-row.ts';

/** Rows in the order of their numbers, in memory. */
export class Feed {
  readonly #rows: Map<string, PlainRow>;
  /** Each change once; what was overtaken stays and is passed over. */
  readonly #log: PlainRow[];
  /** How many changes were ever taken. */
  taken = 0;
  readonly #hearers = new Set<(rows: readonly PlainRow[]) => void>();

  constructor(rows: readonly PlainRow[]) {
    this.#rows = new Map(rows.map((row) => [row.id, row]));
    this.#log = [...rows];
  }

  get seq(): number {
    return this.#log.at(-1)?.seq ?? 0;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): PlainRow | undefined {
    return this.#rows.get(id);
  }

  all(): readonly PlainRow[] {
    return [...this.#rows.values()];
  }

  since(seq: number, limit: number): readonly PlainRow[] {
    const page: PlainRow[] = [];
    for (let at = this.#firstAfter(seq); at < this.#log.length && page.length < limit; at++) {
      const row = this.#log[at];
      if (row && this.#rows.get(row.id)?.seq === row.seq) page.push(row);
    }
    return page;
  }

  #firstAfter(seq: number): number {
    let [low, high] = [0, this.#log.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#log[middle]?.seq ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes them under new numbers; `tell`: whoever listens hears of it. */
  write(rows: readonly PlainRow[], tell: boolean): readonly PlainRow[] {
    const written = rows.map((row, i) => ({ ...row, seq: this.seq + 1 + i }));
    this.taken += written.length;
    this.#log.push(...written);
    for (const row of written) this.#rows.set(row.id, row);
    if (tell) for (const hear of this.#hearers) hear(written);
    return written;
  }

  listen(hear: (rows: readonly PlainRow[]) => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }
}
