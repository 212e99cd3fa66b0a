import { isOverdueProblem } from '#shared/domain/problem-state.ts';
import type { RowFor } from '../../store/local-api.ts';
import type { Chosen } from '../../ui/filter-chips.tsx';
import { lets } from '../../ui/list-query.ts';

interface Asked {
  readonly search: string;
  readonly chosen: Chosen;
  readonly officerId: string;
  readonly nameOf: (subjectId: string) => string;
  /** ms */
  readonly now: number;
}

/** The problems asked for: overdue ones first, then the newest. */
export function filterProblems(problems: readonly RowFor<'problems'>[], asked: Asked): readonly RowFor<'problems'>[] {
  const { search, chosen, officerId, nameOf, now } = asked;
  const late = (problem: RowFor<'problems'>) => isOverdueProblem(problem, now);
  return problems
    .filter(
      (problem) =>
        lets(chosen['riskClass'], problem.riskClass) &&
        lets(chosen['source'], problem.source) &&
        (!chosen['time']?.length || late(problem)) &&
        (!chosen['whose']?.length || problem.foundBy === officerId) &&
        (search === '' ||
          [problem.category, problem.description, nameOf(problem.subjectId)].some((text) => text.includes(search))),
    )
    .toSorted((a, b) => Number(late(b)) - Number(late(a)) || b.foundAt - a.foundAt);
}
