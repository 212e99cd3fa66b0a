import { expect, test } from 'vitest';
import { CODES, type FaultKind } from '#shared/errors.ts';
import { FAULT_TEXT } from './fault-text.ts';

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
