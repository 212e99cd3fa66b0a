import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schemaLines } from '../../scripts/schema.ts';

test('a shape changes only together with its lock: run `npm run schema` and review what it changed', () => {
  expect(schemaLines()).toBe(readFileSync('shared/tables/schema.lock', 'utf8'));
});
