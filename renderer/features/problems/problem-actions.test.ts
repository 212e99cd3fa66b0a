import { expect, test } from 'vitest';
import { PROBLEM_STATES, type ProblemState } from '#shared/domain/problem-state.ts';
import { problemMutations, problems } from '#shared/tables/problems.ts';
import { MemoryTx } from '../../../tests/support/memory-tx.ts';
import { acting, WANG, WORKER } from '../../../tests/support/personas.ts';
import { problemActions, roundsUsedUp } from './problem-actions.ts';

const states = Object.keys(PROBLEM_STATES) as ProblemState[];
const cases = states.flatMap((state) =>
  [0, 1, 2].flatMap((round) => problemActions({ state, round }, WANG).verbs.map((verb) => [verb, state, round] as const)),
);

test.each(cases)('%s is offered in %s, round %i, and the rule allows it', async (verb, state, round) => {
  const tx = new MemoryTx();
  const row = {
    ...Object.fromEntries(Object.keys(problems.columns).map((name) => [name, null])),
    id: 'p',
    districtId: '620102',
    state,
    round,
  };
  tx.rows.set('problems/p', row);
  const args = { id: 'p', reason: 'r', text: 't', conclusion: 'c', deadlineAt: 5 };
  await problemMutations[verb].run(tx, args, acting(WANG));
  expect(tx.rows.get('problems/p')?.['state']).not.toBe(state);
});

test('a new problem is confirmed or judged a false alarm', () => {
  expect(problemActions({ state: 'found', round: 0 }, WANG).verbs).toEqual(['confirm', 'dismiss']);
});

test('after the second round a recheck can only pass', () => {
  expect(problemActions({ state: 'submitted', round: 2 }, WANG).verbs).toEqual(['passRecheck']);
  expect(roundsUsedUp({ state: 'submitted', round: 2 })).toBe(true);
  expect(roundsUsedUp({ state: 'submitted', round: 1 })).toBe(false);
});

test('where nothing is allowed there is a reason', () => {
  expect(problemActions({ state: 'closed', round: 1 }, WANG)).toEqual({ verbs: [], none: 'ended' });
  expect(problemActions({ state: 'found', round: 0 }, WORKER)).toEqual({ verbs: [], none: 'noRight' });
});
