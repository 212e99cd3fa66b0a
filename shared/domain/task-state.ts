import type { Life } from './state.ts';

/** States of a supervision task (任务). Overdue is computed from the due date, never stored. */
export const TASK_STATES = {
  draft: ['草稿', 'Draft'],
  dispatched: ['已下达', 'Dispatched'],
  accepted: ['已接收', 'Accepted'],
  inProgress: ['办理中', 'In progress'],
  done: ['已完成', 'Done'],
  reviewed: ['已审核', 'Reviewed'],
  cancelled: ['已取消', 'Cancelled'],
} as const satisfies Record<string, readonly [string, string]>;

export type TaskState = keyof typeof TASK_STATES;

export const TASK_LIFE: Life<TaskState> = {
  draft: ['dispatched', 'cancelled'],
  dispatched: ['accepted', 'inProgress', 'cancelled'],
  accepted: ['inProgress', 'cancelled'],
  inProgress: ['done', 'cancelled'],
  done: ['reviewed', 'inProgress'],
  reviewed: [],
  cancelled: [],
};

const OPEN: readonly TaskState[] = ['dispatched', 'accepted', 'inProgress'];

export const isOpenTask = (task: { readonly state: TaskState }): boolean => OPEN.includes(task.state);

/** Past its due date and not yet done. `now`: ms. */
export const isOverdueTask = (task: { readonly state: TaskState; readonly dueAt: number }, now: number): boolean =>
  isOpenTask(task) && task.dueAt < now;
