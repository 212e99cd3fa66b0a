import { weigh } from './check-digit.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORG_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export type CreditCodeFlaw = 'pattern' | 'organisation' | 'check';

const valueOf = (char: string): number => ALPHABET.indexOf(char);
/** GB 11714 reads letters as A = 10 … Z = 35, without the gaps of the credit code's alphabet. */
const orgValueOf = (char: string): number => Number.parseInt(char, 36);

/** Check character of the 17 leading characters, per GB 32100-2015. */
export const creditCodeCheck = (body: string): string =>
  ALPHABET[(31 - (weigh(Array.from(body, valueOf), WEIGHTS) % 31)) % 31] ?? '';

/** Check character of the 8 characters of an organisation code, per GB 11714. */
export function organisationCheck(body: string): string {
  const check = (11 - (weigh(Array.from(body, orgValueOf), ORG_WEIGHTS) % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/**
 * Why a 统一社会信用代码 is wrong, `undefined` when it fits both layers: `91330100799655058B`.
 * GB 32100-2015: 18 characters; characters 9 to 17 are an organisation code of GB 11714.
 */
export function creditCodeFlaw(code: string): CreditCodeFlaw | undefined {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return 'pattern';
  if (organisationCheck(code.slice(8, 16)) !== code[16]) return 'organisation';
  return creditCodeCheck(code.slice(0, 17)) === code[17] ? undefined : 'check';
}
