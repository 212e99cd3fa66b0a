import { expect, test } from 'vitest';
import type { StreamStatus } from '../sync/engine-api.ts';
import { inStepAt } from './in-step.ts';

const stream = (at: number | null): StreamStatus => ({ stream: 'city', phase: 'live', rows: 1, expected: 1, inStepAt: at });

test.each([
  ['a copy is as fresh as its oldest stream', [5, 3, 9], 3],
  ['a copy with a stream that was never in step is not in step', [5, null], null],
  ['a copy without streams is not in step', [], null],
])('%s', (_name, times, at) => expect(inStepAt(times.map(stream))).toBe(at));
