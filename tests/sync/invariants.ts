/** The promises of the engine by name, as they are checked after every event or once all is quiet; I9, the hashes of evidence, has tests of its own. */
export const INVARIANTS = {
  I1: 'what an officer was told is saved is waiting, applied, merged or refused, and seen on the workstation until its effect is there',
  I2: 'a mutation is applied at most once',
  I3: 'after quiet, every copy equals the centre, row by row, in every stream of its officer, and holds nothing else',
  I4: 'the work of one officer at one workstation is decided in the order in which it was done',
  I5: 'a row never goes back to an older version, and never looks as the centre never had it',
  I6: 'no row outside the officer’s permission stays after the centre was met',
  I7: 'after quiet, nothing waits',
  I8: 'of a conflict both values are kept, and no value gives way without one',
  I10: 'the audit chain verifies, has one line for each decision under the right name, and its decisions are those of the rules',
  I11: 'the copy is the centre’s rows with what waits on top: no row without its mutation, no mutation without its row',
  I12: 'no cursor stands above a row that is not there',
  I13: 'nobody hammers the centre, and what waits is sent soon after the line is back',
  I14: 'nobody’s work is sent in another officer’s session',
  defect: 'nothing happens that should not',
} as const;

export type Invariant = keyof typeof INVARIANTS;

/** One promise that was broken, and what was seen. */
export interface Flaw {
  readonly invariant: Invariant;
  readonly seen: string;
}

export const flaw = (invariant: Invariant, seen: string): Flaw => ({ invariant, seen });
export const inWords = ({ invariant, seen }: Flaw): string => `${invariant}: ${INVARIANTS[invariant]}\n  ${seen}`;
