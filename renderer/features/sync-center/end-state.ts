import { PROBLEM_LIFE } from '#shared/domain/problem-state.ts';
import { TASK_LIFE } from '#shared/domain/task-state.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { IssueItem } from '../../sync/engine-api.ts';

const LIVES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = { tasks: TASK_LIFE, problems: PROBLEM_LIFE };

/**
 * Is a refused step without hope, because its record stands in a state that no step leads out of?
 * Changes that ask for no state, such as other assignees of a task, may go up again whatever it is.
 */
export function isHopeless({ name, table, kind }: Pick<IssueItem, 'name' | 'table' | 'kind'>, state: string): boolean {
  const asksState = kind === 'stateMoved' || mutationOfName.get(name)?.mutation.class === 'transition';
  return asksState && LIVES[table]?.[state]?.length === 0;
}
