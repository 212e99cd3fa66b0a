import { expect, test } from 'vitest';
import { creditCodeFlaw } from './credit-code.ts';
import { parseGb28181Id } from './gb28181-id.ts';
import { businessLicenceFlaw, productionLicenceFlaw } from './licence-number.ts';
import { maskResidentId, residentIdFlaw } from './resident-id.ts';

const otherDigit = (text: string) => text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10);

test.each(['9144030071526726XG', '91330100799655058B', '914403001922038216'])('credit code %s fits both layers', (code) => {
  expect(creditCodeFlaw(code)).toBeUndefined();
});

test('a credit code with one digit misread names the layer that fails', () => {
  expect(creditCodeFlaw('914403001922038217')).toBe('check');
  expect(creditCodeFlaw('914403001922038226')).toBe('organisation');
  expect(creditCodeFlaw('91440300192203821I')).toBe('pattern');
});

test.each(['SC10741018302531', 'SC10744030704994', 'SC11351090100010', 'SC12336098200173', 'SC12434017430075'])(
  'production licence %s fits and its neighbour does not',
  (no) => {
    expect(productionLicenceFlaw(no)).toBeUndefined();
    expect(productionLicenceFlaw(otherDigit(no))).toBe('check');
  },
);

test.each(['JY13301080111719', 'JY23506230105266'])('business licence %s fits and its neighbour does not', (no) => {
  expect(businessLicenceFlaw(no)).toBeUndefined();
  expect(businessLicenceFlaw(otherDigit(no))).toBe('check');
});

test('a GB/T 28181 id tells region, industry, type and network', () => {
  expect(parseGb28181Id('62010200451327000001')).toEqual({
    regionCode: '620102',
    unit: '00',
    industry: '45',
    type: '132',
    network: '7',
    serial: '000001',
  });
  expect(parseGb28181Id('6201020045132700001')).toBe('pattern');
  expect(parseGb28181Id('62010200459997000001')).toBe('type');
});

test('a resident id needs a real birth date and the right check character', () => {
  expect(residentIdFlaw('11010519491231002X')).toBeUndefined();
  expect(residentIdFlaw('110105194912310021')).toBe('check');
  expect(residentIdFlaw('11010519490231002X')).toBe('date');
  expect(maskResidentId('11010519491231002X')).toBe('110*************2X');
});
