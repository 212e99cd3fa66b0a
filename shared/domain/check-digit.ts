/** ISO 7064 MOD 11,10 (GB/T 17710): the check digit that follows `digits`. */
export function mod1110(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Sum of value × weight over the leading characters. */
export const weigh = (values: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * (values[i] ?? 0), 0);
