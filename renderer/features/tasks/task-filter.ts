import { isOverdueTask } from '#shared/domain/task-state.ts';
import type { RowFor } from '../../store/local-api.ts';
import type { Chosen } from '../../ui/filter-chips.tsx';
import { lets } from '../../ui/list-query.ts';
import { endOfDay } from '../../ui/moments.ts';

interface Asked {
  readonly search: string;
  readonly chosen: Chosen;
  /** Whose tasks; null for everybody's. */
  readonly officerId: string | null;
  readonly nameOf: (subjectId: string) => string;
  /** ms */
  readonly now: number;
  readonly soonDays: number;
}

/** The tasks asked for, the nearest deadline first. */
export function filterTasks(tasks: readonly RowFor<'tasks'>[], asked: Asked): readonly RowFor<'tasks'>[] {
  const { search, chosen, officerId, nameOf, now, soonDays } = asked;
  const times = chosen['time'] ?? [];
  const inTime = (task: RowFor<'tasks'>): boolean => {
    const late = isOverdueTask(task, now);
    return (times.includes('overdue') && late) || (times.includes('soon') && !late && task.dueAt <= endOfDay(now, soonDays));
  };
  return tasks
    .filter(
      (task) =>
        (officerId === null || task.assigneeIds.includes(officerId)) &&
        lets(chosen['kind'], task.kind) &&
        (times.length === 0 || inTime(task)) &&
        (search === '' || task.title.includes(search) || nameOf(task.subjectId).includes(search)),
    )
    .toSorted((a, b) => a.dueAt - b.dueAt);
}
