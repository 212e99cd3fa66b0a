import { mayEnforce, mayRegister, mayReport, must } from '../domain/permission.ts';
import { MAX_ROUNDS, PROBLEM_LIFE, PROBLEM_STATES, type ProblemState } from '../domain/problem-state.ts';
import { step } from '../domain/state.ts';
import { instant, integer, nullable, personal, ref, text, word } from '../schema/column.ts';
import { type Act, edit, mustGet, putNew, registration, type Tx, transition } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { type Row, table } from '../schema/table.ts';
import { subjects } from './subjects.ts';

const RISK_CLASSES = { '1': ['一类', 'Class 1'], '2': ['二类', 'Class 2'], '3': ['三类', 'Class 3'] } as const;
const SOURCES = {
  site: ['现场检查', 'On site'],
  patrol: ['网上巡查', 'Online patrol'],
  capture: ['智能抓拍', 'AI capture'],
  complaint: ['投诉举报', 'Complaint'],
  steward: ['包保督导', 'Stewardship'],
} as const;

export const problems = table('problems', {
  kind: 12,
  label: ['问题', 'Problem'],
  doc: 'A problem on the list: found, pushed to the operator, rectified, rechecked, closed.',
  scope: 'district',
  columns: {
    subjectId: ref('监管对象', 'Subject', 'subjects'),
    inspectionId: nullable(ref('检查', 'Inspection', 'inspections')),
    source: word('来源', 'Source', SOURCES),
    riskClass: word('风险类别', 'Risk class', RISK_CLASSES),
    category: text('问题类别', 'Category', { min: 1, max: 60 }),
    clause: text('条款', 'Clause', { max: 200 }),
    description: personal(text('问题描述', 'Description', { min: 1, max: 2000 })),
    foundAt: instant('发现时间', 'Found'),
    foundBy: ref('发现人', 'Found by', 'officers'),
    deadlineAt: nullable(instant('整改期限', 'Deadline')),
    round: integer('整改轮次', 'Round', { min: 0, max: 9, unit: '轮' }),
    rectification: personal(nullable(text('整改情况', 'Rectification', { max: 2000 }))),
    conclusion: personal(nullable(text('复查结论', 'Conclusion', { max: 2000 }))),
    state: word('状态', 'State', PROBLEM_STATES),
  },
  indexes: [['subjectId'], ['state', 'foundAt'], ['inspectionId']],
  streamOf: (row) => districtStream(row.districtId),
  cold: { states: ['closed', 'falsePositive', 'transferred', 'escalatedCase'], at: 'foundAt', afterDays: 90, keepDays: 730 },
});

const id = ref('问题', 'Problem', 'problems');
const said = (zh: string, en: string) => personal(text(zh, en, { min: 1, max: 1000 }));

async function move(
  tx: Tx,
  act: Act,
  problemId: string,
  to: ProblemState,
  more: Partial<Row<typeof problems>> = {},
): Promise<void> {
  must(mayEnforce(act.actor), 'problems');
  const problem = await mustGet(tx, problems, problemId);
  await tx.put(problems, { ...problem, ...more, state: step(PROBLEM_LIFE, problem.state, to) });
}

export const problemMutations = {
  /** Brings over a problem that was recorded elsewhere. */
  record: registration(problems, ['补录问题', 'Record problem'], (act) => must(mayRegister(act.actor), 'problems')),

  file: transition(
    ['登记问题', 'File problem'],
    {
      id,
      subjectId: ref('监管对象', 'Subject', 'subjects'),
      inspectionId: nullable(ref('检查', 'Inspection', 'inspections')),
      source: word('来源', 'Source', SOURCES),
      riskClass: word('风险类别', 'Risk class', RISK_CLASSES),
      category: text('问题类别', 'Category', { min: 1, max: 60 }),
      clause: text('条款', 'Clause', { max: 200 }),
      description: said('问题描述', 'Description'),
      deadlineAt: nullable(instant('整改期限', 'Deadline')),
    },
    async (tx, args, act) => {
      must(mayReport(act.actor), 'problems');
      await mustGet(tx, subjects, args.subjectId);
      await putNew(tx, problems, {
        ...args,
        districtId: act.district,
        foundAt: act.at,
        foundBy: act.actor.id,
        round: 0,
        rectification: null,
        conclusion: null,
        state: 'found',
      });
    },
  ),

  confirm: transition(['确认问题', 'Confirm'], { id }, (tx, args, act) => move(tx, act, args.id, 'confirmed')),
  dismiss: transition(['判为误报', 'Dismiss'], { id, reason: said('理由', 'Reason') }, (tx, args, act) =>
    move(tx, act, args.id, 'falsePositive', { conclusion: args.reason }),
  ),
  push: transition(['推送整改', 'Push'], { id, deadlineAt: instant('整改期限', 'Deadline') }, (tx, args, act) =>
    move(tx, act, args.id, 'pushed', { deadlineAt: args.deadlineAt, round: 1 }),
  ),
  submitRectification: transition(
    ['提交整改', 'Submit rectification'],
    { id, text: said('整改情况', 'Rectification') },
    (tx, args, act) => move(tx, act, args.id, 'submitted', { rectification: args.text }),
  ),
  passRecheck: transition(['复查通过', 'Pass recheck'], { id, conclusion: said('复查结论', 'Conclusion') }, (tx, args, act) =>
    move(tx, act, args.id, 'closed', { conclusion: args.conclusion }),
  ),
  /** Back to rectification; after the second round filing a case is what remains. */
  failRecheck: transition(
    ['复查不通过', 'Fail recheck'],
    { id, conclusion: said('复查结论', 'Conclusion'), deadlineAt: instant('整改期限', 'Deadline') },
    async (tx, args, act) => {
      const { round } = await mustGet(tx, problems, args.id);
      must(round < MAX_ROUNDS, 'a third round');
      await move(tx, act, args.id, 'rectifying', { conclusion: args.conclusion, deadlineAt: args.deadlineAt, round: round + 1 });
    },
  ),
  edit: edit(problems, ['category', 'clause', 'description', 'riskClass', 'deadlineAt'], (row, act) => {
    must(mayEnforce(act.actor), 'problems');
    step(PROBLEM_LIFE, row.state, PROBLEM_LIFE[row.state][0] ?? row.state);
  }),
};
