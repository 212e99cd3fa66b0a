import { expect, test } from 'vitest';
import { filterTasks } from './task-filter.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-11-24T04:00:00Z');
type Task = Parameters<typeof filterTasks>[0][number];
const task = (id: string, dueAt: number, more: Partial<Task> = {}): Task => ({
  id,
  districtId: '620102',
  kind: 'routine',
  title: `检查 ${id}`,
  subjectId: `s-${id}`,
  gridId: 'g1',
  templateId: null,
  assigneeIds: ['o-wang'],
  dueAt,
  dispatchedAt: 0,
  note: null,
  cancelReason: null,
  state: 'accepted',
  ...more,
});
const tasks = [
  task('far', now + 20 * DAY),
  task('late', now - DAY),
  task('soon', now + DAY),
  task('done', now - DAY, { state: 'done' }),
];
const asked = { search: '', chosen: {}, officerId: null, nameOf: (id: string) => `面馆 ${id}`, now, soonDays: 3 };
const ids = (more: object) => filterTasks(tasks, { ...asked, ...more }).map((one) => one.id);

test('the nearest deadline stands first', () => expect(ids({})).toEqual(['late', 'done', 'soon', 'far']));
test('a finished task is never overdue', () => expect(ids({ chosen: { time: ['overdue'] } })).toEqual(['late']));
test('what is overdue is no longer due soon', () => expect(ids({ chosen: { time: ['soon'], kind: [] } })).toContain('soon'));
test('a task is found by the name of its subject', () => expect(ids({ search: '面馆 s-late' })).toEqual(['late']));
test('mine are those given to me', () => expect(ids({ officerId: 'o-li' })).toEqual([]));
