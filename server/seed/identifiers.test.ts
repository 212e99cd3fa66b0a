import { expect, test } from 'vitest';
import { creditCodeFlaw } from '#shared/domain/credit-code.ts';
import { parseGb28181Id } from '#shared/domain/gb28181-id.ts';
import { businessLicenceFlaw, productionLicenceFlaw } from '#shared/domain/licence-number.ts';
import { businessLicence, cameraId, creditCode, misread, productionLicence } from './identifiers.ts';

test('made numbers fit their check digits, and a misread one does not', () => {
  for (let serial = 1; serial < 400; serial++) {
    expect(creditCodeFlaw(creditCode('92', '620102', serial))).toBeUndefined();
    expect(businessLicenceFlaw(businessLicence(2, '620102', serial))).toBeUndefined();
    expect(businessLicenceFlaw(misread(businessLicence(2, '620102', serial)))).toBe('check');
    expect(productionLicenceFlaw(productionLicence('103', '620121', serial))).toBeUndefined();
  }
});

test('a camera says its district, industry and type', () => {
  expect(parseGb28181Id(cameraId('620102', '45', 1))).toEqual({
    regionCode: '620102',
    unit: '00',
    industry: '45',
    type: '132',
    network: '7',
    serial: '000001',
  });
});
