import { expect, test } from 'vitest';
import { isHopeless } from './end-state.ts';

const push = { name: 'problems.push', table: 'problems', kind: 'stateMoved' } as const;

test.each(['closed', 'falsePositive', 'transferred', 'escalatedCase'])('a problem that is %s takes no step again', (state) => {
  expect(isHopeless(push, state)).toBe(true);
  expect(isHopeless({ ...push, kind: 'parentRefused' }, state)).toBe(true);
});

test.each(['found', 'confirmed', 'rectifying'])('a problem that is %s may be tried again', (state) => {
  expect(isHopeless(push, state)).toBe(false);
});

test('a cancelled task is not accepted again, but may still change hands', () => {
  expect(isHopeless({ name: 'tasks.accept', table: 'tasks', kind: 'stateMoved' }, 'cancelled')).toBe(true);
  expect(isHopeless({ name: 'tasks.reassign', table: 'tasks', kind: 'grantMissing' }, 'cancelled')).toBe(false);
});

test('an edit of a problem is as hopeless as the state that refused it', () => {
  expect(isHopeless({ name: 'problems.edit', table: 'problems', kind: 'stateMoved' }, 'falsePositive')).toBe(true);
});

test('a closed subject has no life that ends', () => {
  expect(isHopeless({ name: 'subjects.edit', table: 'subjects', kind: 'grantMissing' }, 'closed')).toBe(false);
});
