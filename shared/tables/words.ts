/** Words that more than one table uses. */
export const LEVELS = {
  A: ['A', 'A'],
  B: ['B', 'B'],
  C: ['C', 'C'],
  D: ['D', 'D'],
} as const;

/** Did the check character of an identifier fit? A wrong one marks 待核实 and is never refused. */
export const CHECK_MARKS = {
  ok: ['校验通过', 'Check digit fits'],
  toVerify: ['待核实', 'To verify'],
  none: ['无校验', 'No check digit'],
} as const;
