import { defineTexts } from '../../ui/language.ts';

export const texts = defineTexts('grid', {
  title: ['网格', 'Grid'],
  search: ['网格名称、编码或拼音（/）', 'Name, code or pinyin (/)'],
  subjects: ['监管对象', 'Subjects'],
  openProblems: ['未闭环问题', 'Open problems'],
  officers: ['监管人员', 'Officers'],
  none: ['没有符合条件的网格', 'No cell matches'],
  noneHint: ['请换一个关键词，或移除上方的筛选。', 'Try other words or remove a filter above.'],
  gone: ['本机没有这个网格', 'This cell is not on this computer'],
  goneHint: ['可能不在您的授权范围内，或尚未同步。', 'It may lie outside your grants or not be synced yet.'],
  outline: ['{{name}}在本区县的位置', 'Where {{name}} lies in the district'],
  outlineNote: ['示意图，不作为划界依据', 'Sketch, no legal boundary'],
  noOutline: ['这个网格没有范围数据', 'This cell has no outline'],
  cellSubjects: ['网格内的监管对象', 'Subjects in the cell'],
  inRegister: ['在监管对象中查看', 'See in the register'],
  noSubjects: ['网格内没有监管对象', 'No subjects in this cell'],
  noOfficers: ['未指定', 'None named'],
  more: ['另有 {{count}} 个', '{{count}} more'],
});
