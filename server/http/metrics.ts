/** Counters in the text format of Prometheus; they count since this process started. */
export class Metrics {
  readonly #counts = new Map<string, number>();

  /** `labels`: from closed lists only, never from what a client sent. */
  add(name: string, labels: Readonly<Record<string, string | number>> = {}, by = 1): void {
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const key = pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  text(): string {
    const lines = [...this.#counts].map(([key, value]) => `${key} ${value}`).toSorted((a, b) => (a < b ? -1 : 1));
    return `${lines.join('\n')}\n`;
  }
}
