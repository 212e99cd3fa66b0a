import { expect, test } from 'vitest';
import { creditCodeMark, deviceMark, licenceMark } from './check-mark.ts';

test.each([
  ['9144030071526726XG', 'ok'],
  ['9144030071526726XH', 'toVerify'],
  [null, 'none'],
] as const)('credit code %s is marked %s', (code, mark) => {
  expect(creditCodeMark(code)).toBe(mark);
});

test.each([
  ['SC', 'SC10741018302531', 'ok'],
  ['SC', 'SC10741018302532', 'toVerify'],
  ['JY', 'JY13301080111719', 'ok'],
  ['JY', 'QS620100', 'toVerify'],
  ['BA', 'anything', 'none'],
] as const)('licence %s %s is marked %s', (kind, no, mark) => {
  expect(licenceMark(kind, no)).toBe(mark);
});

test('a device id that has not the structure is to be verified, one that has it carries no check digit', () => {
  expect([deviceMark('62010200451327000001'), deviceMark('camera-7')]).toEqual(['none', 'toVerify']);
});
