import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { missing, schemaLines } from '../../scripts/schema.ts';

test('a shape changes only together with its lock: run `npm run schema` and review what it changed', () => {
  expect(schemaLines()).toBe(readFileSync('shared/tables/schema.lock', 'utf8'));
});

test('the migrations tell the database everything the definitions say: run `npm run schema`', () => {
  expect(missing()).toEqual([]);
});
