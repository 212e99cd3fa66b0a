import type { InspectionState } from '#shared/domain/inspection-state.ts';
import type { ProblemState } from '#shared/domain/problem-state.ts';
import type { TaskState } from '#shared/domain/task-state.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import type { Tone } from '../../ui/status-dot.tsx';

export const TASK_TONE: Readonly<Record<TaskState, Tone>> = {
  draft: 'rest',
  dispatched: 'active',
  accepted: 'active',
  inProgress: 'active',
  done: 'done',
  reviewed: 'done',
  cancelled: 'rest',
};

export const PROBLEM_TONE: Readonly<Record<ProblemState, Tone>> = {
  found: 'active',
  confirmed: 'active',
  pushed: 'active',
  rectifying: 'active',
  submitted: 'active',
  rechecking: 'active',
  closed: 'done',
  falsePositive: 'rest',
  transferred: 'rest',
  escalatedCase: 'bad',
};

export const INSPECTION_TONE: Readonly<Record<InspectionState, Tone>> = {
  inProgress: 'active',
  completed: 'done',
  published: 'done',
  closed: 'rest',
};

export const VERDICT_TONE: Readonly<Record<Verdict, Tone>> = { pass: 'done', basic: 'soon', fail: 'bad' };

export const SUBJECT_TONE: Readonly<Record<'pending' | 'active' | 'suspended' | 'closed', Tone>> = {
  pending: 'soon',
  active: 'done',
  suspended: 'rest',
  closed: 'rest',
};
