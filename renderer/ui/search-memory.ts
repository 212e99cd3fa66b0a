interface Kept {
  /** What else the address asked for; another question begins with an empty search. */
  readonly address: string;
  readonly search: string;
}

/** What was last typed into the search of each list. Names of people and shops have no place in an address: a browser keeps those. */
const kept = new Map<string, Kept>();

export const rememberSearch = (list: string, address: string, search: string): void => void kept.set(list, { address, search });

export function recallSearch(list: string, address: string): string {
  const last = kept.get(list);
  return last?.address === address ? last.search : '';
}

/** Whoever comes next must not see what was looked for. */
export const forgetSearches = (): void => kept.clear();
