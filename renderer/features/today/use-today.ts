import { isOpenProblem, PROBLEM_STATES, type ProblemState } from '#shared/domain/problem-state.ts';
import { isOpenTask, TASK_STATES, type TaskState } from '#shared/domain/task-state.ts';
import type { Local, RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';
import { type News, newsSince } from './news.ts';

const OPEN_TASKS = (Object.keys(TASK_STATES) as TaskState[]).filter((state) => isOpenTask({ state }));
const PROBLEMS = Object.keys(PROBLEM_STATES) as ProblemState[];

export interface Today {
  /** Mine and open, the nearest deadline first. */
  readonly tasks: readonly RowFor<'tasks'>[];
  /** Visits of mine that were begun and not ended. */
  readonly visits: readonly RowFor<'inspections'>[];
  /** Found by me and open, the newest first. */
  readonly problems: readonly RowFor<'problems'>[];
  readonly news: readonly News[];
}

async function readToday(local: Local, officerId: string, since: number | null): Promise<Today> {
  const open = (await Promise.all(OPEN_TASKS.map((state) => local.where('tasks', { state })))).flat();
  const mine = open.filter((task) => task.assigneeIds.includes(officerId));
  const visits = await local.where('inspections', { state: 'inProgress' });
  const openProblems = await Promise.all(
    PROBLEMS.filter((state) => isOpenProblem({ state })).map((state) => local.where('problems', { state })),
  );
  const found =
    since === null
      ? []
      : (await Promise.all(PROBLEMS.map((state) => local.where('problems', { state }, { range: { from: since } })))).flat();
  return {
    tasks: mine.toSorted((a, b) => a.dueAt - b.dueAt),
    visits: visits.filter((visit) => visit.officerIds.includes(officerId)),
    problems: openProblems
      .flat()
      .filter((problem) => problem.foundBy === officerId)
      .toSorted((a, b) => b.foundAt - a.foundAt),
    news: since === null ? [] : newsSince(open, found, { officerId, since }),
  };
}

export const useToday = (officerId: string, since: number | null): Today | undefined =>
  useLive((local) => readToday(local, officerId, since), [officerId, since]);
