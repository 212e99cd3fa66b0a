import { DAY_MS, HOUR_MS, onWeekday } from './calendar.ts';
import { CHECKLIST_OF } from './checklists.ts';
import type { Subject } from './subjects.ts';
import { TASK_TITLES, type TaskDraft } from './visits.ts';

/** Work is due by the close of the day. */
const CLOSE_MS = 18 * HOUR_MS;

interface Plan {
  readonly kind: TaskDraft['kind'];
  /** Days from the base day to the due day; negative is past. */
  readonly dueInDays: number;
  readonly dispatchedDaysAgo: number;
  readonly state: 'dispatched' | 'accepted';
}

/** What the two officers of a station's first cell find on their desk: one overdue, one due today, new ones, some to come. */
const FIRST_DESK: readonly Plan[] = [
  { kind: 'special', dueInDays: -3, dispatchedDaysAgo: 12, state: 'accepted' },
  { kind: 'routine', dueInDays: 0, dispatchedDaysAgo: 6, state: 'accepted' },
  { kind: 'complaint', dueInDays: 2, dispatchedDaysAgo: 1, state: 'dispatched' },
  { kind: 'recheck', dueInDays: 3, dispatchedDaysAgo: 1, state: 'dispatched' },
  { kind: 'doubleRandom', dueInDays: 7, dispatchedDaysAgo: 4, state: 'accepted' },
  { kind: 'routine', dueInDays: 15, dispatchedDaysAgo: 5, state: 'accepted' },
];

/** Of the other subjects every fourteenth has a task to come, every 140th one that is late. */
function ordinary({ serial }: Subject): Plan | undefined {
  if (serial % 140 === 70) return { kind: 'routine', dueInDays: -1 - (serial % 9), dispatchedDaysAgo: 14, state: 'accepted' };
  if (serial % 14 !== 0) return undefined;
  const state = serial % 3 === 0 ? 'dispatched' : 'accepted';
  return { kind: 'routine', dueInDays: 1 + (serial % 30), dispatchedDaysAgo: 1 + (serial % 5), state };
}

function openTask({ row, cell }: Subject, { kind, dueInDays, dispatchedDaysAgo, state }: Plan, base: number): TaskDraft {
  return {
    id: `t-${row.id.slice(2)}-open`,
    kind,
    title: `${TASK_TITLES[kind]}：${row.name}`,
    subjectId: row.id,
    gridId: row.gridId,
    templateId: CHECKLIST_OF[row.kind].id,
    assigneeIds: cell.row.officerIds.slice(0, 2),
    dueAt: base + dueInDays * DAY_MS + CLOSE_MS,
    dispatchedAt: onWeekday(base - dispatchedDaysAgo * DAY_MS) + 17 * HOUR_MS,
    note: null,
    cancelReason: null,
    state,
  };
}

/** Tasks of a district that are not done yet. */
export function* openTasks(subjects: readonly Subject[], base: number): Generator<TaskDraft> {
  const active = subjects.filter(({ row }) => row.state === 'active');
  const desks = Map.groupBy(active, ({ row }) => row.stationId);
  const placed = new Set<Subject>();
  for (const [, own] of desks) {
    for (const [i, plan] of FIRST_DESK.entries()) {
      const subject = own[i];
      if (!subject) break;
      placed.add(subject);
      yield openTask(subject, plan, base);
    }
  }
  for (const subject of active) {
    const plan = placed.has(subject) ? undefined : ordinary(subject);
    if (plan) yield openTask(subject, plan, base);
  }
}
