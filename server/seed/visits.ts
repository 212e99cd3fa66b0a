import { type Answers, judge } from '#shared/domain/verdict.ts';
import type { inspections } from '#shared/tables/inspections.ts';
import type { tasks } from '#shared/tables/tasks.ts';
import { DAY_MS, HOUR_MS, onWeekday } from './calendar.ts';
import { type Checklist, CHECKLIST_OF } from './checklists.ts';
import type { Draft } from './command.ts';
import { type Random, randomOf } from './random.ts';
import type { Subject } from './subjects.ts';

export type TaskDraft = Draft<typeof tasks>;
export type InspectionDraft = Draft<typeof inspections>;

/** One task that was carried out, with the inspection it led to. */
export interface Visit {
  readonly task: TaskDraft;
  readonly inspection: InspectionDraft;
  readonly subject: Subject;
  /** Items answered with no. */
  readonly failed: readonly Checklist['items'][number][];
}

/** Visits in a year by risk level: the yearly frequency of the grading rules. */
const VISITS = { A: 1, B: 1, C: 2, D: 3 } as const;
const KINDS = { routine: 78, special: 12, doubleRandom: 7, flying: 1, remote: 2 } as const;

export const TASK_TITLES: Readonly<Record<TaskDraft['kind'], string>> = {
  routine: '日常监督检查',
  special: '专项检查',
  doubleRandom: '双随机抽查',
  flying: '飞行检查',
  remote: '网上巡查核查',
  complaint: '投诉举报核查',
  recheck: '整改复查',
};

const REMARKS = [
  '现场不能提供记录',
  '现场发现，已拍照固定',
  '部分不符合，已告知',
  '标识缺失',
  '设施损坏未及时维修',
  '记录不完整',
];

/** Items that fail: usually none, sometimes up to three general ones, rarely a key one. */
function failures(list: Checklist, random: Random): Checklist['items'] {
  const draw = random.next();
  if (draw < 0.76) return [];
  const general = list.items.filter((item) => !item.key);
  const chosen = Array.from({ length: random.int(1, 3) }, () => random.pick(general));
  const key = draw > 0.97 ? [random.pick(list.items.filter((item) => item.key))] : [];
  return [...new Set([...chosen, ...key])].toSorted((a, b) => a.no - b.no);
}

function answersOf(list: Checklist, failed: readonly { readonly no: number }[], random: Random): Answers {
  const no = new Set(failed.map((item) => item.no));
  return Object.fromEntries(
    list.items.map((item) => [
      String(item.no),
      no.has(item.no)
        ? { result: 'no' as const, remark: random.pick(REMARKS) }
        : { result: !item.key && random.chance(0.02) ? ('na' as const) : ('yes' as const), remark: '' },
    ]),
  );
}

/** A record is published within twenty working days and filed away after most of a year. */
function stateOf(ageMs: number): InspectionDraft['state'] {
  if (ageMs < 25 * DAY_MS) return 'completed';
  return ageMs < 300 * DAY_MS ? 'published' : 'closed';
}

function visit(subject: Subject, nth: number, startedAt: number, base: number): Visit {
  const { row, cell } = subject;
  const key = `${row.id.slice(2)}-${nth}`;
  const random = randomOf(`visit ${key}`);
  const list = CHECKLIST_OF[row.kind];
  const failed = failures(list, random);
  const answers = answersOf(list, failed, random);
  const officerIds = cell.row.officerIds.slice(0, 2);
  const kind = random.weighted(KINDS);
  const finishedAt = startedAt + random.int(30, 110) * 60_000;
  const task: TaskDraft = {
    id: `t-${key}`,
    kind,
    title: `${TASK_TITLES[kind]}：${row.name}`,
    subjectId: row.id,
    gridId: row.gridId,
    templateId: list.id,
    assigneeIds: officerIds,
    dueAt: startedAt + random.int(0, 9) * DAY_MS,
    dispatchedAt: startedAt - random.int(1, 12) * DAY_MS,
    note: null,
    cancelReason: null,
    state: base - finishedAt < 7 * DAY_MS ? 'done' : 'reviewed',
  };
  const inspection: InspectionDraft = {
    id: `i-${key}`,
    subjectId: row.id,
    taskId: task.id,
    templateId: list.id,
    officerIds,
    noticeGiven: true,
    answers,
    startedAt,
    finishedAt,
    verdict: judge(list, answers),
    note: failed.length > 0 ? `发现${failed.length}项不符合，已当场告知负责人。` : null,
    state: stateOf(base - finishedAt),
  };
  return { task, inspection, subject, failed };
}

/** The visits to a subject in the year before `base`, evenly apart, on weekdays between nine and half past four. */
export function visitsTo(subject: Subject, base: number): Visit[] {
  const { id, riskLevel, state } = subject.row;
  if (state !== 'active') return [];
  const count = VISITS[riskLevel ?? 'A'];
  const random = randomOf(`visits ${id}`);
  const phase = random.next();
  return Array.from({ length: count }, (_, i) => {
    const ageDays = 2 + Math.floor(((i + phase) / count) * 360);
    const hour = 9 * HOUR_MS + random.int(0, 450) * 60_000;
    return visit(subject, i + 1, onWeekday(base - ageDays * DAY_MS) + hour, base);
  });
}
