import type { Life } from './state.ts';

/** States of a problem on the problem list (问题清单) up to its closed loop (闭环). */
export const PROBLEM_STATES = {
  found: ['已发现', 'Found'],
  confirmed: ['已确认', 'Confirmed'],
  pushed: ['已推送', 'Pushed'],
  rectifying: ['整改中', 'Rectifying'],
  submitted: ['已提交整改', 'Submitted'],
  rechecking: ['复查中', 'Rechecking'],
  closed: ['已闭环', 'Closed'],
  falsePositive: ['误报', 'False positive'],
  transferred: ['已移送', 'Transferred'],
  escalatedCase: ['已转立案', 'Escalated to a case'],
} as const satisfies Record<string, readonly [string, string]>;

export type ProblemState = keyof typeof PROBLEM_STATES;

export const PROBLEM_LIFE: Life<ProblemState> = {
  found: ['confirmed', 'falsePositive', 'transferred'],
  confirmed: ['pushed', 'closed', 'transferred', 'escalatedCase'],
  pushed: ['rectifying', 'submitted', 'transferred', 'escalatedCase'],
  rectifying: ['submitted', 'transferred', 'escalatedCase'],
  submitted: ['rechecking', 'closed', 'rectifying'],
  rechecking: ['closed', 'rectifying', 'escalatedCase'],
  closed: [],
  falsePositive: [],
  transferred: [],
  escalatedCase: [],
};

/** Rounds of rectification before filing a case is suggested. */
export const MAX_ROUNDS = 2;

const DONE: readonly ProblemState[] = ['closed', 'falsePositive', 'transferred', 'escalatedCase'];

export const isOpenProblem = (problem: { readonly state: ProblemState }): boolean => !DONE.includes(problem.state);

/** Past its deadline and still open. `now`: ms. */
export const isOverdueProblem = (
  problem: { readonly state: ProblemState; readonly deadlineAt: number | null },
  now: number,
): boolean => isOpenProblem(problem) && problem.deadlineAt !== null && problem.deadlineAt < now;
