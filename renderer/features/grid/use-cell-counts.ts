import { isOpenProblem, PROBLEM_STATES, type ProblemState } from '#shared/domain/problem-state.ts';
import { useLive, useRegister } from '../../store/live.ts';

const OPEN = (Object.keys(PROBLEM_STATES) as ProblemState[]).filter((state) => isOpenProblem({ state }));

/** Subjects and open problems per cell. */
export function useCellCounts(): {
  readonly subjects: (cellId: string) => number;
  readonly problems: (cellId: string) => number;
} {
  const { answer } = useRegister({ table: 'subjects', search: '', filter: { gridId: [] }, sort: null, offset: 0, limit: 0 });
  const open = useLive(async (local) => {
    const problems = (await Promise.all(OPEN.map((state) => local.where('problems', { state })))).flat();
    const subjects = await local.many('subjects', [...new Set(problems.map((one) => one.subjectId))]);
    const cellOf = new Map(subjects.flatMap((one) => (one ? [[one.id, one.gridId] as const] : [])));
    const counts = new Map<string, number>();
    for (const { subjectId } of problems) {
      const cell = cellOf.get(subjectId);
      if (cell !== undefined) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    return counts;
  }, []);
  return {
    subjects: (cellId) => answer?.counts['gridId']?.[cellId] ?? 0,
    problems: (cellId) => open?.get(cellId) ?? 0,
  };
}
