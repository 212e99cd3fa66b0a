/** A simulator that does not find these would prove nothing. */
import type { Mutant } from './mutant.ts';
import { AT_CENTRE } from './mutants-centre.ts';
import { ON_WORKSTATION } from './mutants-workstation.ts';

export const MUTANTS: readonly Mutant[] = [...ON_WORKSTATION, ...AT_CENTRE];
