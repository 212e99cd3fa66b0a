import { expect, test } from 'vitest';
import { CODES, Fault, type FaultKind } from '#shared/errors.ts';
import { FAULT_TEXT, faultKindOfError } from './fault-text.ts';

const kinds = Object.keys(CODES) as FaultKind[];

test.each(kinds)('%s says what happened, what is safe and what to do, in Chinese and in English', (kind) => {
  for (const [zh, en] of Object.values(FAULT_TEXT[kind])) {
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(en).toMatch(/^[A-Z][^\u4e00-\u9fff]*\.$/);
  }
});

test('no two refusals tell the same story', () => {
  const told = kinds.map((kind) => FAULT_TEXT[kind].what[0]);
  expect(new Set(told).size).toBe(told.length);
});

test('a defect reads as the unexpected, a refusal as itself', () => {
  expect(faultKindOfError(new TypeError('x is undefined'))).toBe('internal');
  expect(faultKindOfError(new Fault('diskFull', 'no space'))).toBe('diskFull');
});
