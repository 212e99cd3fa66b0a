/** Another order in each repetition, the same in every run. */
export function orderOf<T>(things: readonly T[], repetition: number): T[] {
  const mixed = (place: number): number => Math.imul(place * 31 + repetition * 977 + 17, 2_654_435_761) >>> 0;
  return things
    .map((thing, place) => ({ thing, key: mixed(place) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ thing }) => thing);
}
