import { defineTexts } from './language.ts';

export const texts = defineTexts('ui', {
  clearAll: ['清除全部', 'Clear all'],
  close: ['关闭', 'Close'],
  filter: ['筛选：{{label}}', 'Filter: {{label}}'],
  remove: ['移除筛选 {{label}}', 'Remove filter {{label}}'],
  rows: ['{{count}} 条', '{{count}} rows'],
  waiting: ['尚未到达中心', 'Not yet at the centre'],
  refused: ['未被接受，查看同步中心', 'Refused, see the sync centre'],
});
