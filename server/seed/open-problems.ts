import { type Breach, type ProblemDraft, RODENT, SEEN } from './breaches.ts';
import { DAY_MS, HOUR_MS } from './calendar.ts';
import { problemOf } from './problems.ts';
import type { Subject } from './subjects.ts';

type Standing = Pick<ProblemDraft, 'source' | 'state' | 'round' | 'rectification' | 'conclusion'> & {
  readonly breach: Breach;
  readonly foundDaysAgo: number;
  /** Days from the base day to the deadline; negative is past, null is none set. */
  readonly dueInDays: number | null;
};

const seen = (i: number): Breach => (SEEN[i] as (typeof SEEN)[number])[0];
const fresh = { round: 0, rectification: null, conclusion: null, dueInDays: null } as const;
const asked = { round: 1, rectification: null, conclusion: null } as const;

/** What is open at every station today: new captures, one to be put right soon, one handed in for recheck. */
const EVERYWHERE: readonly Standing[] = [
  { ...fresh, source: 'capture', breach: seen(0), state: 'found', foundDaysAgo: 1 },
  { ...asked, source: 'site', breach: seen(4), state: 'pushed', foundDaysAgo: 4, dueInDays: 2 },
  {
    ...asked,
    source: 'patrol',
    breach: seen(2),
    state: 'submitted',
    rectification: '已整改并上传照片',
    foundDaysAgo: 6,
    dueInDays: 1,
  },
];

/** Besides at the first station of a district: a class 1 that nobody answered, a second round, one overdue order, one confirmed. */
const FIRST_STATION: readonly Standing[] = [
  { ...asked, source: 'capture', breach: RODENT, state: 'pushed', foundDaysAgo: 9, dueInDays: -6 },
  {
    source: 'site',
    breach: seen(5),
    state: 'rechecking',
    round: 2,
    rectification: '第二次整改：已更换设施并培训人员',
    conclusion: '第一次复查不合格：整改不到位',
    foundDaysAgo: 24,
    dueInDays: 3,
  },
  { ...asked, source: 'complaint', breach: seen(6), state: 'rectifying', foundDaysAgo: 11, dueInDays: -1 },
  { ...fresh, source: 'capture', breach: seen(1), state: 'confirmed', foundDaysAgo: 1 },
];

function standing(
  id: string,
  subject: Subject,
  base: number,
  { breach, source, foundDaysAgo, dueInDays, ...rest }: Standing,
): ProblemDraft {
  const foundAt = base - foundDaysAgo * DAY_MS + 11 * HOUR_MS;
  const deadlineAt = dueInDays === null ? null : base + dueInDays * DAY_MS + 18 * HOUR_MS;
  return { ...problemOf({ id, subject, source, breach, foundAt, inspectionId: null }), ...rest, deadlineAt };
}

/** The problems of a district that wait for somebody on the base day, in the first cell of each station. */
export function* openProblems(district: string, subjects: readonly Subject[], base: number): Generator<ProblemDraft> {
  const stations = Map.groupBy(
    subjects.filter(({ row }) => row.brightKitchen && row.state === 'active'),
    ({ row }) => row.stationId,
  );
  let made = 0;
  for (const [nth, own] of [...stations.values()].entries()) {
    const list = nth === 0 ? [...FIRST_STATION, ...EVERYWHERE] : EVERYWHERE;
    for (const [i, one] of list.entries()) {
      const subject = own[i];
      if (!subject) break;
      yield standing(`p-${district}-open-${String(++made).padStart(3, '0')}`, subject, base, one);
    }
  }
}
