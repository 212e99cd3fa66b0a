/** NUL and half a surrogate pair: JSON can carry them, PostgreSQL's text cannot. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Can every text in `value`, keys included, be stored? A message with one that cannot is damaged. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value) ? value.every(isStorable) : Object.entries(value).every((entry) => entry.every(isStorable));
}
