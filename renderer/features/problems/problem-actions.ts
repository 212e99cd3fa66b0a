import { mayEnforce } from '#shared/domain/permission.ts';
import { isOpenProblem, MAX_ROUNDS, PROBLEM_LIFE, type ProblemState } from '#shared/domain/problem-state.ts';

export type ProblemVerb = 'confirm' | 'dismiss' | 'push' | 'submitRectification' | 'passRecheck' | 'failRecheck';

/** Where each verb leads. */
const TARGET: Readonly<Record<ProblemVerb, ProblemState>> = {
  confirm: 'confirmed',
  dismiss: 'falsePositive',
  push: 'pushed',
  submitRectification: 'submitted',
  passRecheck: 'closed',
  failRecheck: 'rectifying',
};

export type NoAction = 'noRight' | 'ended' | null;

interface Who {
  readonly id: string;
  readonly roles: readonly string[];
  readonly streams: readonly string[];
}

interface Problem {
  readonly state: ProblemState;
  readonly round: number;
}

/** What a recheck may still say: `failRecheck` sends back only while a round is left. */
export const roundsUsedUp = ({ state, round }: Problem): boolean =>
  round >= MAX_ROUNDS && (state === 'submitted' || state === 'rechecking');

/** The verbs of the law this person may use now, and why there is none. */
export function problemActions(problem: Problem, who: Who): { readonly verbs: readonly ProblemVerb[]; readonly none: NoAction } {
  if (!mayEnforce(who)) return { verbs: [], none: 'noRight' };
  if (!isOpenProblem(problem)) return { verbs: [], none: 'ended' };
  // `rectifying` also follows `pushed`, but a recheck fails only what was submitted.
  const rechecked = problem.state === 'submitted' || problem.state === 'rechecking';
  const verbs = (Object.keys(TARGET) as ProblemVerb[]).filter(
    (verb) =>
      PROBLEM_LIFE[problem.state].includes(TARGET[verb]) && (verb !== 'failRecheck' || (rechecked && !roundsUsedUp(problem))),
  );
  return { verbs, none: null };
}
