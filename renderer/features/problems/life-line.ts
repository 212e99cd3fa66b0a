import type { ProblemState } from '#shared/domain/problem-state.ts';

/** The straight way from found to the closed loop. */
const STRAIGHT: readonly ProblemState[] = ['found', 'confirmed', 'pushed', 'rectifying', 'submitted', 'rechecking', 'closed'];

export interface LifeStep {
  readonly state: ProblemState;
  readonly place: 'before' | 'here' | 'after';
}

/** The steps to draw: the straight way with the present place, or from the finding right to a side exit. */
export function lifeLine(state: ProblemState): readonly LifeStep[] {
  const at = STRAIGHT.indexOf(state);
  if (at < 0)
    return [
      { state: 'found', place: 'before' },
      { state, place: 'here' },
    ];
  return STRAIGHT.map((one, index) => ({ state: one, place: index < at ? 'before' : index === at ? 'here' : 'after' }));
}
