import { expect, test } from 'vitest';
import { PROBLEM_STATES, type ProblemState } from '#shared/domain/problem-state.ts';
import { lifeLine } from './life-line.ts';

test.each(Object.keys(PROBLEM_STATES) as ProblemState[])(
  'a problem that is %s stands at exactly one place of its life',
  (state) => {
    expect(
      lifeLine(state)
        .filter((one) => one.place === 'here')
        .map((one) => one.state),
    ).toEqual([state]);
  },
);

test('what is before the present place lies behind, the rest ahead', () => {
  const places = lifeLine('submitted').map((one) => one.place);
  expect(places).toEqual(['before', 'before', 'before', 'before', 'here', 'after', 'after']);
});
