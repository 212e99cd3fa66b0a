import * as z from 'zod';
import { mayDispatch, mayEnforce, mayRegister, must } from '../domain/permission.ts';
import { step } from '../domain/state.ts';
import { TASK_LIFE, TASK_STATES, type TaskState } from '../domain/task-state.ts';
import { instant, json, nullable, personal, ref, text, word } from '../schema/column.ts';
import { type Act, edit, mustGet, registration, type Tx, transition } from '../schema/mutation.ts';
import { districtStream } from '../schema/stream.ts';
import { table } from '../schema/table.ts';

const assignees = z.array(z.string().max(64)).max(12);

export const tasks = table('tasks', {
  kind: 10,
  label: ['任务', 'Task'],
  doc: 'An assignment: look at this subject, in this way, by this date.',
  scope: 'district',
  columns: {
    kind: word('检查类型', 'Kind', {
      routine: ['日常检查', 'Routine'],
      special: ['专项检查', 'Special'],
      doubleRandom: ['双随机抽查', 'Double random'],
      flying: ['飞行检查', 'Flying'],
      remote: ['网上巡查', 'Remote patrol'],
      complaint: ['投诉举报核查', 'Complaint'],
      recheck: ['复查', 'Recheck'],
    }),
    title: text('任务名称', 'Title', { min: 1, max: 120 }),
    subjectId: ref('监管对象', 'Subject', 'subjects'),
    gridId: ref('网格', 'Grid cell', 'gridCells'),
    templateId: nullable(ref('检查要点表', 'Checklist', 'checklistTemplates')),
    assigneeIds: json('承办人', 'Assignees', assignees, [['o1'], ['o1', 'o2']]),
    dueAt: instant('办理期限', 'Due'),
    dispatchedAt: nullable(instant('下达时间', 'Dispatched')),
    note: personal(nullable(text('备注', 'Note', { max: 1000 }))),
    cancelReason: personal(nullable(text('取消原因', 'Reason of cancelling', { max: 400 }))),
    state: word('状态', 'State', TASK_STATES),
  },
  indexes: [['state', 'dueAt'], ['subjectId']],
  streamOf: (row) => districtStream(row.districtId),
  cold: { states: ['done', 'reviewed', 'cancelled'], at: 'dueAt', afterDays: 90, keepDays: 730 },
});

const id = ref('任务', 'Task', 'tasks');

async function move(tx: Tx, taskId: string, to: TaskState): Promise<void> {
  const task = await mustGet(tx, tasks, taskId);
  await tx.put(tasks, { ...task, state: step(TASK_LIFE, task.state, to) });
}

const enforcing = (act: Act) => must(mayEnforce(act.actor), 'tasks');
const dispatching = (act: Act) => must(mayDispatch(act.actor), 'tasks');

export const taskMutations = {
  dispatch: registration(tasks, ['下达任务', 'Dispatch'], (act) =>
    must(mayDispatch(act.actor) || mayRegister(act.actor), 'tasks'),
  ),
  accept: transition(['接收任务', 'Accept'], { id }, async (tx, args, act) => {
    enforcing(act);
    await move(tx, args.id, 'accepted');
  }),
  cancel: transition(
    ['取消任务', 'Cancel'],
    { id, reason: text('原因', 'Reason', { min: 1, max: 400 }) },
    async (tx, args, act) => {
      dispatching(act);
      await move(tx, args.id, 'cancelled');
      const task = await mustGet(tx, tasks, args.id);
      await tx.put(tasks, { ...task, cancelReason: args.reason });
    },
  ),
  review: transition(['审核任务', 'Review'], { id }, async (tx, args, act) => {
    dispatching(act);
    await move(tx, args.id, 'reviewed');
  }),
  reassign: edit(tasks, ['assigneeIds', 'dueAt'], (_row, act) => dispatching(act)),
};
