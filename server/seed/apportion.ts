/** Splits `total` whole things by weight so that the parts add up exactly: the largest-remainder method (Hamilton). */
export function apportion(total: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (total * weight) / all);
  const parts = exact.map(Math.floor);
  const rest = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((share, i) => [share - Math.floor(share), i] as const)
    .toSorted(([a, i], [b, j]) => b - a || i - j);
  for (const [, i] of byRemainder.slice(0, rest)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}
