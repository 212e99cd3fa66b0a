import { expect, test } from 'vitest';
import type { TaskState } from '#shared/domain/task-state.ts';
import { HEAD, LI, WANG, WORKER } from '../../../tests/support/personas.ts';
import { taskActions } from './task-actions.ts';

const task = (state: TaskState) => ({ state, assigneeIds: [WANG.id] });

test.each([
  ['the officer it was given to accepts it or goes at once', WANG, 'dispatched', ['accept', 'begin']],
  ['an accepted task waits for the visit', WANG, 'accepted', ['begin']],
  ['during the visit there is nothing to do with the task itself', WANG, 'inProgress', []],
  ['another officer has nothing to do with it', LI, 'dispatched', []],
  ['a grid worker never enforces', WORKER, 'dispatched', []],
  ['the head of the station may take it back', HEAD, 'accepted', ['cancel']],
  ['the head of the station reviews what is done', HEAD, 'done', ['review']],
  ['a reviewed task is over', HEAD, 'reviewed', []],
] as const)('%s', (_name, who, state, actions) => expect(taskActions(task(state), who)).toEqual(actions));
