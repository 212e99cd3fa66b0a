import * as z from 'zod';
import { INSPECTION_LIFE, INSPECTION_STATES } from '../domain/inspection-state.ts';
import { mayEnforce, mayRegister, must } from '../domain/permission.ts';
import { step } from '../domain/state.ts';
import { TASK_LIFE } from '../domain/task-state.ts';
import { type Answer, type Answers, judge, unanswered, VERDICTS } from '../domain/verdict.ts';
import { Fault } from '../errors.ts';
import { flag, instant, integer, json, nullable, personal, ref, text, word } from '../schema/column.ts';
import { type Act, mustGet, putNew, registration, same, type Tx, transition } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { type Row, table } from '../schema/table.ts';
import { checklistTemplates } from './checklist-templates.ts';
import { subjects } from './subjects.ts';
import { tasks } from './tasks.ts';

const answer = z.strictObject({ result: z.enum(['yes', 'no', 'na']), remark: z.string().max(1000) });
const answers = z.record(z.string().regex(/^\d{1,3}$/), answer);
const officerIds = z.array(z.string().max(64)).max(12);

export const inspections = table('inspections', {
  kind: 11,
  label: ['检查', 'Inspection'],
  doc: 'One visit by at least two certified officers, on the checklist of its day. Frozen once completed.',
  scope: 'district',
  columns: {
    subjectId: ref('监管对象', 'Subject', 'subjects'),
    taskId: nullable(ref('任务', 'Task', 'tasks')),
    templateId: ref('检查要点表', 'Checklist', 'checklistTemplates'),
    officerIds: json('检查人员', 'Officers', officerIds, [['o1', 'o2'], ['o1']]),
    noticeGiven: flag('已出示告知页', 'Notice given'),
    answers: personal(json<Answers>('检查结果', 'Answers', answers, [{ '1': { result: 'yes', remark: '' } }, {}])),
    startedAt: instant('开始时间', 'Started'),
    finishedAt: nullable(instant('结束时间', 'Finished')),
    verdict: nullable(word('检查结论', 'Verdict', VERDICTS)),
    note: personal(nullable(text('检查记录', 'Note', { max: 4000 }))),
    state: word('状态', 'State', INSPECTION_STATES),
  },
  indexes: [['subjectId', 'startedAt'], ['state', 'startedAt'], ['taskId']],
  streamOf: (row) => districtStream(row.districtId),
  cold: { states: ['completed', 'published', 'closed'], at: 'startedAt', afterDays: 90, keepDays: 730 },
});

const id = ref('检查', 'Inspection', 'inspections');

/** The open inspection, for one of the officers who make it. */
async function mine(tx: Tx, inspectionId: string, act: Act): Promise<Row<typeof inspections>> {
  must(mayEnforce(act.actor), 'inspections');
  const inspection = await mustGet(tx, inspections, inspectionId);
  must(inspection.officerIds.includes(act.actor.id), 'another officer’s inspection');
  if (inspection.state !== 'inProgress')
    throw new Fault('frozen', 'the record is closed to changes', { state: inspection.state });
  return inspection;
}

export const inspectionMutations = {
  /** Brings over a visit that was recorded elsewhere. */
  record: registration(inspections, ['补录检查', 'Record inspection'], (act) => must(mayRegister(act.actor), 'inspections')),

  /** Starts the visit; a task it belongs to is then in progress. */
  begin: transition(
    ['开始检查', 'Begin'],
    {
      id,
      subjectId: ref('监管对象', 'Subject', 'subjects'),
      taskId: nullable(ref('任务', 'Task', 'tasks')),
      templateId: ref('检查要点表', 'Checklist', 'checklistTemplates'),
      officerIds: json('检查人员', 'Officers', officerIds, [['o1', 'o2']]),
    },
    async (tx, args, act) => {
      must(mayEnforce(act.actor), 'inspections');
      await mustGet(tx, subjects, args.subjectId);
      await mustGet(tx, checklistTemplates, args.templateId);
      if (args.taskId !== null) {
        const task = await mustGet(tx, tasks, args.taskId);
        await tx.put(tasks, { ...task, state: step(TASK_LIFE, task.state, 'inProgress') });
      }
      await putNew(tx, inspections, {
        ...args,
        districtId: act.district,
        noticeGiven: false,
        answers: {},
        startedAt: act.at,
        finishedAt: null,
        verdict: null,
        note: null,
        state: 'inProgress',
      });
    },
  ),

  giveNotice: transition(['出示告知页', 'Give notice'], { id }, async (tx, args, act) => {
    await tx.put(inspections, { ...(await mine(tx, args.id, act)), noticeGiven: true });
  }),

  /**
   * Answers one item. `from` is the answer the officer saw (null for none): where another officer answered differently
   * meanwhile, theirs stands and both are reported.
   */
  answer: transition(
    ['填写要点', 'Answer item'],
    {
      id,
      no: integer('要点序号', 'Item', { min: 1, max: 200 }),
      from: nullable(personal(json<Answer>('原结果', 'Answer before', answer, [{ result: 'yes', remark: '' }]))),
      answer: personal(json<Answer>('结果', 'Answer', answer, [{ result: 'no', remark: '' }])),
    },
    async (tx, args, act) => {
      const inspection = await mine(tx, args.id, act);
      const standing = inspection.answers[String(args.no)] ?? null;
      if (!same(standing, args.from) && !same(standing, args.answer))
        return [{ field: 'answers', base: args.from, mine: args.answer, theirs: standing }];
      const next = { ...inspection.answers, [String(args.no)]: args.answer };
      return tx.put(inspections, { ...inspection, answers: next });
    },
  ),

  /** Adds a paragraph to the record of the visit; nothing that stands there is replaced. */
  addNote: transition(
    ['补充记录', 'Add note'],
    { id, text: personal(text('记录', 'Note', { min: 1, max: 1000 })) },
    async (tx, args, act) => {
      const inspection = await mine(tx, args.id, act);
      const note = inspection.note === null ? args.text : `${inspection.note}\n${args.text}`;
      if (note.length > 4000)
        throw new Fault('badArgs', 'the record is full', { flaws: [{ field: 'text', flaw: 'at most 4000' }] });
      await tx.put(inspections, { ...inspection, note });
    },
  ),

  /** Ends the visit: notice given, two officers, every item answered; the verdict follows from the template. */
  complete: transition(['完成检查', 'Complete'], { id }, async (tx, args, act) => {
    const inspection = await mine(tx, args.id, act);
    const template = await mustGet(tx, checklistTemplates, inspection.templateId);
    const missing = [
      ...(inspection.noticeGiven ? [] : ['notice']),
      ...(inspection.officerIds.length >= 2 ? [] : ['officers']),
      ...unanswered(template, inspection.answers).map(String),
    ];
    if (missing.length > 0) throw new Fault('incomplete', 'the inspection is not complete', { missing });
    const state = step(INSPECTION_LIFE, inspection.state, 'completed');
    await tx.put(inspections, { ...inspection, state, finishedAt: act.at, verdict: judge(template, inspection.answers) });
    if (inspection.taskId === null) return;
    const task = await mustGet(tx, tasks, inspection.taskId);
    await tx.put(tasks, { ...task, state: step(TASK_LIFE, task.state, 'done') });
  }),
};
