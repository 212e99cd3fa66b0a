import type { Pair } from '../../ui/language.ts';

/** Units that are words; signs such as m² are the same in every language. */
const WORDS: Readonly<Record<string, Pair>> = {
  人: ['人', 'people'],
  轮: ['轮', 'rounds'],
  项: ['项', 'items'],
};

export function unitText(unit: string, word: (pair: Pair) => string): string {
  const pair = WORDS[unit];
  return pair ? word(pair) : unit;
}
