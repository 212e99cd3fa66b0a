import type { Verdict } from '#shared/domain/verdict.ts';
import type { Dossier } from './use-dossier.ts';

/** One thing that happened to a subject. */
export type Happening = {
  readonly at: number;
  readonly key: string;
  readonly to: string | null;
  readonly who: readonly string[];
} & (
  | { readonly kind: 'task'; readonly title: string }
  | { readonly kind: 'inspectionBegun' }
  | { readonly kind: 'inspectionDone'; readonly verdict: Verdict | null }
  | { readonly kind: 'problem'; readonly category: string }
  | { readonly kind: 'photo' }
);

type Sources = Pick<Dossier, 'tasks' | 'inspections' | 'problems' | 'attachments'>;

/** Everything that happened to a subject in one line of time, newest first. */
export function historyOf({ tasks, inspections, problems, attachments }: Sources): readonly Happening[] {
  const happenings: Happening[] = [
    ...tasks.flatMap((one) =>
      one.dispatchedAt === null
        ? []
        : [
            {
              kind: 'task' as const,
              at: one.dispatchedAt,
              key: `task/${one.id}`,
              to: `/tasks/${one.id}`,
              who: one.assigneeIds,
              title: one.title,
            },
          ],
    ),
    ...inspections.flatMap((one) => {
      const shared = { to: `/inspections/${one.id}`, who: one.officerIds };
      const begun = { ...shared, kind: 'inspectionBegun' as const, at: one.startedAt, key: `begun/${one.id}` };
      if (one.finishedAt === null) return [begun];
      return [
        begun,
        { ...shared, kind: 'inspectionDone' as const, at: one.finishedAt, key: `done/${one.id}`, verdict: one.verdict },
      ];
    }),
    ...problems.map((one) => ({
      kind: 'problem' as const,
      at: one.foundAt,
      key: `problem/${one.id}`,
      to: `/problems/${one.id}`,
      who: [one.foundBy],
      category: one.category,
    })),
    ...attachments.map((one) => ({
      kind: 'photo' as const,
      at: one.takenAt,
      key: `photo/${one.id}`,
      to: null,
      who: [one.takenBy],
    })),
  ];
  return happenings.toSorted((a, b) => b.at - a.at);
}
