import type { Life } from './state.ts';

/** States of an inspection (检查). From `completed` on its record is frozen: a correction is a new record. */
export const INSPECTION_STATES = {
  inProgress: ['检查中', 'In progress'],
  completed: ['已完成', 'Completed'],
  published: ['已公示', 'Published'],
  closed: ['已归档', 'Closed'],
} as const satisfies Record<string, readonly [string, string]>;

export type InspectionState = keyof typeof INSPECTION_STATES;

export const INSPECTION_LIFE: Life<InspectionState> = {
  inProgress: ['completed'],
  completed: ['published'],
  published: ['closed'],
  closed: [],
};
