import { expect, test } from 'vitest';
import { type Base, type Memory, type Remembered, whyNew } from './why-new.ts';

const E1 = { epoch: 'e1', systemId: 'pg-1', timeline: 1 };
const E2 = { epoch: 'e2', systemId: 'pg-1', timeline: 1 };
const BASE: Base = { epochs: [E1], systemId: 'pg-1', timeline: 1, heads: new Map([['d:620102', 9]]) };
const OURS: Remembered = { ...E1, heads: { 'd:620102': 9 } };

test.each<readonly [string, Remembered | undefined, Partial<Base>]>([
  ['what it was', OURS, {}],
  ['gone on since', OURS, { heads: new Map([['d:620102', 12]]) }],
  ['seen for the first time', undefined, {}],
  ['begun anew by another server', { ...OURS, heads: { 'd:620102': 99 } }, { epochs: [E1, E2] }],
  ['of an earlier program', OURS, { epochs: [{ epoch: 'e1', systemId: null, timeline: null }] }],
])('a database %s has the history it had', (_what, remembered, base) => {
  expect(whyNew(remembered, { ...BASE, ...base })).toBeUndefined();
});

test.each<readonly [string, Memory, Partial<Base>, RegExp]>([
  ['of which the memory is damaged', 'damaged', {}, /cannot be read/],
  ['that is new', undefined, { epochs: [] }, /is new/],
  ['whose head fell', OURS, { heads: new Map([['d:620102', 8]]) }, /d:620102 fell from 9 to 8/],
  ['that lost a stream', OURS, { heads: new Map() }, /fell from 9 to 0/],
  ['of which nobody remembers the epoch', { ...OURS, epoch: 'e0' }, {}, /another history/],
  ['brought into another PostgreSQL', undefined, { systemId: 'pg-2' }, /another PostgreSQL/],
  [
    'of an earlier program, brought into another PostgreSQL',
    OURS,
    { epochs: [{ epoch: 'e1', systemId: null, timeline: null }], systemId: 'pg-2' },
    /another PostgreSQL/,
  ],
  ['recovered to a moment before', undefined, { timeline: 2 }, /timeline 2/],
])('a database %s goes on with another history', (_what, remembered, base, why) => {
  expect(whyNew(remembered, { ...BASE, ...base })).toMatch(why);
});
