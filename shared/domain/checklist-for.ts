/** Which family of checklists (检查要点表) a kind of business is inspected on. */
export const CHECKLIST_FOR = {
  producer: 'production',
  warehouse: 'sales',
  caterer: 'catering',
  canteen: 'catering',
  careTable: 'careTable',
} as const;

interface Dated {
  readonly domain: string;
  readonly version: number;
  /** `yyyy-mm-dd` */
  readonly effectiveFrom: string;
}

/** The newest version in force on that day (`yyyy-mm-dd`) for the kind of business; undefined where none is. */
export function checklistFor<T extends Dated>(
  kind: keyof typeof CHECKLIST_FOR,
  templates: readonly T[],
  today: string,
): T | undefined {
  return templates
    .filter((one) => one.domain === CHECKLIST_FOR[kind] && one.effectiveFrom <= today)
    .toSorted((a, b) => b.version - a.version)[0];
}
