import { defineTexts } from '../../ui/language.ts';

export const texts = defineTexts('tasks', {
  title: ['任务', 'Tasks'],
  search: ['任务名称或监管对象（/）', 'Title or subject (/)'],
  time: ['期限', 'Due'],
  overdue: ['已逾期', 'Overdue'],
  soon: ['{{days}} 天内到期', 'Due within {{days}} days'],
  none: ['没有符合条件的任务', 'No task matches'],
  noneHint: ['请移除筛选，或切换到“全部”。', 'Remove a filter, or switch to “All”.'],
  noneMine: ['您当前没有待办任务', 'You have no tasks to do'],
  noneMineHint: ['新任务下达后会显示在这里和今日工作。', 'New tasks appear here and on Today.'],
  gone: ['本机没有这项任务', 'This task is not on this computer'],
  goneHint: ['可能不在您的授权范围内，或尚未同步。', 'It may lie outside your grants or not be synced yet.'],
  begin: ['开始检查', 'Begin inspection'],
  continue: ['继续检查', 'Go on with the inspection'],
  seeInspection: ['查看检查记录', 'See the inspection'],
  noAction: ['“{{state}}”状态下无可办理事项', 'Nothing to do in the state “{{state}}”'],
  notYours: ['这项任务由其他人员承办', 'This task belongs to other officers'],
  noRight: ['您的岗位不能办理任务', 'Your role may not carry out tasks'],
  grid: ['网格', 'Grid cell'],
});
