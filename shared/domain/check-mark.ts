import { creditCodeFlaw } from './credit-code.ts';
import { parseGb28181Id } from './gb28181-id.ts';
import { businessLicenceFlaw, productionLicenceFlaw } from './licence-number.ts';

/** `toVerify` (待核实) where a check character or the pattern is wrong; `none` where there is nothing to check. Never a reason to refuse. */
export type CheckMark = 'ok' | 'toVerify' | 'none';

const markOf = (flaw: unknown): CheckMark => (flaw === undefined ? 'ok' : 'toVerify');

export const creditCodeMark = (code: string | null): CheckMark => (code === null ? 'none' : markOf(creditCodeFlaw(code)));

/** Production (SC) and business (JY) licences carry a check digit; no other kind has a published one. */
export function licenceMark(kind: string, no: string): CheckMark {
  if (kind === 'SC') return markOf(productionLicenceFlaw(no));
  if (kind === 'JY') return markOf(businessLicenceFlaw(no));
  return 'none';
}

/** A national device id has a structure and no check digit. */
export const deviceMark = (gbId: string): CheckMark => (typeof parseGb28181Id(gbId) === 'string' ? 'toVerify' : 'none');
