import { type Breach, COMPLAINED, type ProblemDraft, SEEN } from './breaches.ts';
import { DAY_MS, onWeekday } from './calendar.ts';
import { type Random, randomOf } from './random.ts';
import type { Subject } from './subjects.ts';
import type { Visit } from './visits.ts';

/** Problems of a year per subject. */
const PER_SUBJECT = 0.6;

type Source = ProblemDraft['source'];
type Outcome = 'false' | 'atOnce' | 'order' | 'case' | 'transferred';

/** Shares of a thousand, in this order; laid out by a fixed stride, so that every stretch of problems has them. */
const SOURCES: readonly (readonly [Source, number])[] = [
  ['capture', 700],
  ['site', 150],
  ['patrol', 100],
  ['complaint', 50],
];
/** Of captures one in eleven is nothing. Of what is real, nearly all is put right at once, as in a county's published year. */
const FALSE_CAPTURES = 90;
const OUTCOMES: readonly (readonly [Outcome, number])[] = [
  ['case', 4],
  ['transferred', 2],
  ['order', 20],
  ['atOnce', 974],
];

const SEEN_WEIGHTS = Object.fromEntries(SEEN.map(([, weight], i) => [String(i), weight]));

/** A number below a thousand for the n-th of something; any thousand in a row meet each once. */
const stratum = (n: number, stride: number): number => (n * stride + 211) % 1000;

function share<K>(table: readonly (readonly [K, number])[], at: number): K {
  let left = at;
  for (const [key, weight] of table) {
    left -= weight;
    if (left < 0) return key;
  }
  throw new Error('shares of less than a thousand');
}

/** What the officer wrote at the end, and the state that goes with it. */
const ENDS: Readonly<Record<Outcome, Pick<ProblemDraft, 'state' | 'rectification' | 'conclusion'>>> = {
  false: { state: 'falsePositive', rectification: null, conclusion: '经核看录像，画面系误识别' },
  atOnce: { state: 'closed', rectification: '已当场改正', conclusion: '当场整改到位' },
  order: { state: 'closed', rectification: '已按责令改正通知书完成整改', conclusion: '复查合格' },
  case: { state: 'escalatedCase', rectification: null, conclusion: '涉嫌违法，移交立案' },
  transferred: { state: 'transferred', rectification: null, conclusion: '不属本局管辖，已移送' },
};

interface Found {
  readonly id: string;
  readonly subject: Subject;
  readonly source: Source;
  readonly breach: Breach;
  readonly foundAt: number;
  readonly inspectionId: string | null;
}

export function problemOf({ id, subject, source, breach, foundAt, inspectionId }: Found): ProblemDraft {
  return {
    id,
    subjectId: subject.row.id,
    inspectionId,
    source,
    ...breach,
    foundAt,
    foundBy: subject.cell.row.officerIds[0] as string,
    deadlineAt: null,
    round: 0,
    rectification: null,
    conclusion: null,
    state: 'found',
  };
}

function settle(found: ProblemDraft, outcome: Outcome, random: Random): ProblemDraft {
  const ordered = outcome === 'order' || outcome === 'case';
  return {
    ...found,
    ...ENDS[outcome],
    round: ordered || outcome === 'atOnce' ? 1 : 0,
    deadlineAt: ordered ? found.foundAt + random.int(3, 15) * DAY_MS : null,
  };
}

/** What a visit found: its first failed item. */
function ofVisit({ subject, inspection, failed }: Visit): Omit<Found, 'id' | 'source'> | undefined {
  const [item] = failed;
  if (!item) return undefined;
  const breach: Breach = {
    riskClass: item.key ? '2' : '3',
    category: item.category,
    clause: `检查要点表第${item.no}项`,
    description: `不符合：${item.text}`,
  };
  return { subject, breach, foundAt: inspection.finishedAt ?? inspection.startedAt, inspectionId: inspection.id };
}

/** What somebody saw from afar, on a weekday of the year before `base`. */
function fromAfar(source: Source, subject: Subject, base: number, random: Random): Omit<Found, 'id' | 'source'> {
  const breach = source === 'complaint' ? random.pick(COMPLAINED) : (SEEN[Number(random.weighted(SEEN_WEIGHTS))]?.[0] as Breach);
  const day = onWeekday(base - random.int(20, 360) * DAY_MS);
  return { subject, breach, foundAt: day + random.int(10 * 60, 20 * 60) * 60_000, inspectionId: null };
}

/** The settled problems of a district's year, shaped like the funnel that counties publish. */
export function* settledProblems(
  district: string,
  subjects: readonly Subject[],
  visits: readonly Visit[],
  base: number,
): Generator<ProblemDraft> {
  const random = randomOf(`problems ${district}`);
  const cooked = subjects.filter(({ row }) => row.brightKitchen && row.state === 'active');
  const old = visits.filter(({ inspection, failed }) => failed.length > 0 && inspection.startedAt < base - 20 * DAY_MS);
  let sites = 0;
  let [captures, real] = [random.int(0, 999), random.int(0, 999)];
  for (let n = 1; n <= Math.round(subjects.length * PER_SUBJECT); n++) {
    const id = `p-${district}-${String(n).padStart(5, '0')}`;
    const wanted = share(SOURCES, stratum(n, 617));
    const visit = wanted === 'site' ? old[sites++] : undefined;
    const source = wanted === 'site' && !visit ? 'patrol' : wanted;
    const seen = (visit && ofVisit(visit)) ?? fromAfar(source, random.pick(cooked), base, random);
    const isFalse = source === 'capture' && stratum(captures++, 379) < FALSE_CAPTURES;
    yield settle(problemOf({ id, source, ...seen }), isFalse ? 'false' : share(OUTCOMES, stratum(real++, 541)), random);
  }
}
