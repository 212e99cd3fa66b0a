import type { SimCentre } from './sim-centre.ts';
import type { Spoil } from './sim-workstation.ts';

/** A bug put in on purpose into one real collaborator. */
export interface Mutant {
  readonly bug: string;
  /** What is spoiled in one run of a program. */
  readonly spoil?: () => Spoil;
  readonly spoilCentre?: (sim: SimCentre) => void;
}
