import { expect, test } from 'vitest';
import type { LeaseClaims } from '#shared/protocol/messages.ts';
import { actorAt, lapsed, leaseEnded } from './rights.ts';

const DAY_MS = 24 * 3600_000;
const END = 1_800_000_000_000;
const CLAIMS: LeaseClaims = {
  sub: 'o-wang',
  name: '王演示',
  account: 'wang',
  districtId: '620102',
  roles: ['officer'],
  streams: ['city', 'd:620102', 'd:620103'],
  until: { 'd:620103': END - DAY_MS },
  device: '11111111-1111-4111-8111-111111111111',
  iat: END / 1000 - 7 * 24 * 3600,
  exp: END / 1000,
};
const HELD = ['city', 'd:620102', 'd:620103'];

test('a grant with an end is over when it ends, also without a line', () => {
  expect(actorAt(CLAIMS, END - DAY_MS - 1).streams).toEqual(HELD);
  expect(actorAt(CLAIMS, END - DAY_MS).streams).toEqual(['city', 'd:620102']);
  expect(lapsed(CLAIMS, HELD, END - DAY_MS - 1)).toEqual([]);
  expect(lapsed(CLAIMS, HELD, END - DAY_MS)).toEqual(['d:620103']);
});

test('when the lease has ended nothing new is begun, and seven days later the centre’s rows are deleted here', () => {
  expect([leaseEnded(CLAIMS, END), leaseEnded(CLAIMS, END + 1)]).toEqual([false, true]);
  expect(lapsed({ ...CLAIMS, until: {} }, HELD, END + 7 * DAY_MS)).toEqual([]);
  expect(lapsed({ ...CLAIMS, until: {} }, HELD, END + 7 * DAY_MS + 1)).toEqual(HELD);
});
