import { expect, test } from 'vitest';
import { subjects } from '#shared/tables/subjects.ts';
import { tasks } from '#shared/tables/tasks.ts';
import { valueText } from './value-text.ts';

const chinese = (pair: readonly [string, string]) => pair[0];
const read = (column: Parameters<typeof valueText>[0], value: unknown) => valueText(column, value, chinese, ['是', '否']);
const { columns } = subjects;

test.each([
  [columns.kind, 'careTable', '小饭桌'],
  [columns.diners, 1250, '1,250 人'],
  [columns.brightKitchen, false, '否'],
  [columns.riskLevel, null, '—'],
  [columns.name, '', '—'],
  [tasks.columns.dueAt, Date.parse('2026-11-24T15:59:00Z'), '2026-11-24 23:59'],
  [tasks.columns.assigneeIds, ['o1'], '["o1"]'],
])('%# reads as the bureau writes it', (column, value, told) => expect(read(column, value)).toBe(told));
