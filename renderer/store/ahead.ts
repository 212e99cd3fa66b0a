/** Works on the items in order and hands the results on in order, with up to `n` of them under way at once. */
export async function* ahead<T, R>(items: readonly T[], n: number, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const under: Promise<R>[] = [];
  for (let next = 0; next < items.length || under.length > 0; ) {
    while (under.length < n && next < items.length) {
      const begun = work(items[next++] as T);
      begun.catch(() => undefined); // met when its turn comes; this only keeps it from being called unhandled before
      under.push(begun);
    }
    const [first] = under.splice(0, 1);
    if (first) yield await first;
  }
}
