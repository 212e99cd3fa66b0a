import { mod1110 } from './check-digit.ts';

export type LicenceFlaw = 'pattern' | 'check';

/** SC and JY numbers: two letters, 13 digits, one check digit by ISO 7064 MOD 11,10. */
function flaw(pattern: RegExp, no: string): LicenceFlaw | undefined {
  if (!pattern.test(no)) return 'pattern';
  return mod1110(no.slice(2, 15)) === no[15] ? undefined : 'check';
}

/** 食品生产许可证编号: SC + 3 class (first digit 1 food, 2 additive) + 6 region + 4 serial + check, e.g. `SC10741018302531`. */
export const productionLicenceFlaw = (no: string): LicenceFlaw | undefined => flaw(/^SC[12]\d{13}$/, no);

/** 食品经营许可证编号: JY + 1 (1 sales, 2 catering, 3 canteen) + 6 region + 6 serial + check, e.g. `JY13301080111719`. */
export const businessLicenceFlaw = (no: string): LicenceFlaw | undefined => flaw(/^JY[123]\d{13}$/, no);
