import type { RowFor } from '../../store/local-api.ts';

type TaskFields = Pick<RowFor<'tasks'>, 'id' | 'title' | 'dispatchedAt' | 'assigneeIds' | 'subjectId'>;
type ProblemFields = Pick<RowFor<'problems'>, 'id' | 'category' | 'foundAt' | 'foundBy' | 'subjectId'>;

/** Something others did while the officer was away. */
export type News =
  | { readonly kind: 'task'; readonly at: number; readonly task: TaskFields }
  | { readonly kind: 'problem'; readonly at: number; readonly problem: ProblemFields };

interface Seen {
  readonly officerId: string;
  /** ms */
  readonly since: number;
}

/** Tasks given to me and problems found by others since then, the newest first. */
export function newsSince(
  tasks: readonly TaskFields[],
  problems: readonly ProblemFields[],
  { officerId, since }: Seen,
): readonly News[] {
  const given = tasks.flatMap((task) =>
    task.dispatchedAt !== null && task.dispatchedAt > since && task.assigneeIds.includes(officerId)
      ? [{ kind: 'task' as const, at: task.dispatchedAt, task }]
      : [],
  );
  const found = problems
    .filter((problem) => problem.foundAt > since && problem.foundBy !== officerId)
    .map((problem) => ({ kind: 'problem' as const, at: problem.foundAt, problem }));
  return [...given, ...found].toSorted((a, b) => b.at - a.at);
}
