import { expect, test } from 'vitest';
import type { FaultKind } from '#shared/errors.ts';
import { asksForPassword, standingOf, stoppedBy } from './connection.ts';

const failed = (kind: FaultKind) => ({ kind, detail: {}, at: 0 });

test('a session that ended is not called online', () => {
  const status = { connection: 'online', lastFault: failed('sessionEnded') } as const;
  expect(standingOf(status)).toBe('stopped');
  expect(asksForPassword('sessionEnded')).toBe(true);
});

test('what passes by waiting does not stop the line', () => {
  expect(standingOf({ connection: 'unreachable', lastFault: failed('overloaded') })).toBe('unreachable');
  expect(standingOf({ connection: 'online', lastFault: null })).toBe('online');
});

test('whoever works offline is not asked for the password', () => {
  expect(stoppedBy({ connection: 'offline', lastFault: failed('sessionEnded') })).toBeNull();
});

test('a program that is too old is not cured by a password', () => {
  expect(stoppedBy({ connection: 'online', lastFault: failed('protocolTooOld') })).toBe('protocolTooOld');
  expect(asksForPassword('protocolTooOld')).toBe(false);
});
