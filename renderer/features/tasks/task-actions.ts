import { mayDispatch, mayEnforce } from '#shared/domain/permission.ts';
import { TASK_LIFE, type TaskState } from '#shared/domain/task-state.ts';

export type TaskAction = 'accept' | 'begin' | 'review' | 'cancel';

interface Who {
  readonly id: string;
  readonly roles: readonly string[];
  readonly streams: readonly string[];
}

const TARGET: Readonly<Record<TaskAction, TaskState>> = {
  accept: 'accepted',
  begin: 'inProgress',
  review: 'reviewed',
  cancel: 'cancelled',
};

/** What this person can do with a task now. A visit is begun anew only from a task that has none yet. */
export function taskActions(
  task: { readonly state: TaskState; readonly assigneeIds: readonly string[] },
  who: Who,
): readonly TaskAction[] {
  const doing = mayEnforce(who) && task.assigneeIds.includes(who.id);
  const may: Readonly<Record<TaskAction, boolean>> = {
    accept: doing,
    begin: doing && task.state !== 'done',
    review: mayDispatch(who),
    cancel: mayDispatch(who),
  };
  return (Object.keys(TARGET) as TaskAction[]).filter((action) => may[action] && TASK_LIFE[task.state].includes(TARGET[action]));
}
