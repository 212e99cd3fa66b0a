import { expect, test } from 'vitest';
import { checklistFor } from './checklist-for.ts';

const list = (domain: string, version: number, effectiveFrom: string) => ({ domain, version, effectiveFrom });
const first = list('catering', 1, '2016-05-01');
const second = list('catering', 2, '2022-03-15');
const announced = list('catering', 3, '2027-01-01');
const templates = [first, announced, second, list('production', 1, '2016-05-01')];

test('a school canteen is inspected on the newest catering list in force', () => {
  expect(checklistFor('canteen', templates, '2026-11-24')).toBe(second);
  expect(checklistFor('canteen', templates, '2020-01-01')).toBe(first);
});

test('a business without a list in force has none', () => {
  expect(checklistFor('careTable', templates, '2026-11-24')).toBeUndefined();
});
