import { isOpenProblem } from '#shared/domain/problem-state.ts';
import { isOpenTask } from '#shared/domain/task-state.ts';
import type { Local, RowFor } from '../../store/local-api.ts';
import { useLive } from '../../store/live.ts';

const LATEST = 200;

/** Everything this computer holds about one subject (一户一档). */
export interface Dossier {
  readonly subject: RowFor<'subjects'>;
  readonly licences: readonly RowFor<'licences'>[];
  readonly channels: readonly RowFor<'channels'>[];
  readonly tasks: readonly RowFor<'tasks'>[];
  readonly inspections: readonly RowFor<'inspections'>[];
  readonly problems: readonly RowFor<'problems'>[];
  readonly attachments: readonly RowFor<'attachments'>[];
}

async function readDossier(local: Local, id: string): Promise<Dossier | null> {
  const subject = await local.get('subjects', id);
  if (!subject) return null;
  const of = { subjectId: id };
  const [licences, channels, tasks, inspections, problems, attachments] = await Promise.all([
    local.where('licences', of),
    local.where('channels', of),
    local.where('tasks', of),
    local.where('inspections', of, { descending: true, limit: LATEST }),
    local.where('problems', of),
    local.where('attachments', { ownerId: id }),
  ]);
  return { subject, licences, channels, tasks, inspections, problems, attachments };
}

/** Undefined while it is read, null where this computer has no such subject. */
export const useDossier = (id: string): Dossier | null | undefined => useLive((local) => readDossier(local, id), [id]);

/** The three facts that decide what to do about a subject. */
export function decisive({ subject, tasks, problems }: Dossier): {
  readonly riskLevel: RowFor<'subjects'>['riskLevel'];
  readonly openProblems: number;
  /** Instant of the nearest deadline of an open problem or task, ms. */
  readonly nextDeadline: number | null;
} {
  const open = problems.filter(isOpenProblem);
  const deadlines = [...open.map((one) => one.deadlineAt), ...tasks.filter(isOpenTask).map((one) => one.dueAt)];
  const known = deadlines.filter((at) => at !== null);
  return {
    riskLevel: subject.riskLevel,
    openProblems: open.length,
    nextDeadline: known.length === 0 ? null : Math.min(...known),
  };
}
