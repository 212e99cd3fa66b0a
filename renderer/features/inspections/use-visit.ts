import type { RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';

/** A visit with what it stands on. */
export interface Visit {
  readonly inspection: RowFor<'inspections'>;
  readonly subject: RowFor<'subjects'> | undefined;
  readonly template: RowFor<'checklistTemplates'> | undefined;
  readonly problems: readonly RowFor<'problems'>[];
}

/** Undefined while it is read, null where this computer has no such visit. */
export const useVisit = (id: string): Visit | null | undefined =>
  useLive(
    async (local) => {
      const inspection = await local.get('inspections', id);
      if (!inspection) return null;
      const [subject, template, problems] = await Promise.all([
        local.get('subjects', inspection.subjectId),
        local.get('checklistTemplates', inspection.templateId),
        local.where('problems', { inspectionId: id }),
      ]);
      return { inspection, subject, template, problems };
    },
    [id],
  );
