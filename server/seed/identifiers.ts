import { mod1110 } from '#shared/domain/check-digit.ts';
import { creditCodeCheck, organisationCheck } from '#shared/domain/credit-code.ts';

const digits = (n: number, length: number): string => String(n).padStart(length, '0');

/** A 统一社会信用代码 with both check characters right. `kind`: 91 company, 92 self-employed, 12 public institution. */
export function creditCode(kind: '91' | '92' | '12', district: string, serial: number): string {
  const organisation = `MAY${digits(serial, 5)}`;
  const body = `${kind}${district}${organisation}${organisationCheck(organisation)}`;
  return body + creditCodeCheck(body);
}

const withCheck = (letters: string, body: string): string => letters + body + mod1110(body);

/** 食品生产许可证编号. `category`: three digits, `103` for flavourings. */
export const productionLicence = (category: string, district: string, serial: number): string =>
  withCheck('SC', `${category}${district}${digits(serial, 4)}`);

/** 食品经营许可证编号. `kind`: 1 sales, 2 catering, 3 canteen. */
export const businessLicence = (kind: 1 | 2 | 3, district: string, serial: number): string =>
  withCheck('JY', `${kind}${district}${digits(serial, 6)}`);

/** The same number with another last digit: what a misread photograph gives. */
export const misread = (no: string): string => no.slice(0, -1) + ((Number(no.at(-1)) + 1) % 10);

/** GB/T 28181: a network camera (132) on the internet (7). `industry`: 11 education, 42 manufacturing, 45 trade. */
export const cameraId = (district: string, industry: '11' | '42' | '45', serial: number): string =>
  `${district}00${industry}1327${digits(serial, 6)}`;
