import { expect, test } from 'vitest';
import { mutationOfName } from '#shared/tables/index.ts';
import { changeWords } from './change-lines.ts';

test('an edit says each field from what to what', () => {
  const { table, verb, lines } = changeWords({
    name: 'subjects.edit',
    args: { id: 's1', changes: { name: { from: '面馆', to: '牛肉面馆' }, riskLevel: { from: 'B', to: null } } },
  });
  expect([table[0], verb[0]]).toEqual(['监管对象', '修改']);
  expect(lines.map((line) => [line.column.label[0], line.before, line.value])).toEqual([
    ['单位名称', '面馆', '牛肉面馆'],
    ['风险等级(A 最低)', 'B', null],
  ]);
});

test('another change says what was given, without ids of its own and without what was left empty', () => {
  const { lines } = changeWords({
    name: 'problems.file',
    args: {
      id: 'p1',
      subjectId: 's1',
      inspectionId: null,
      riskClass: '1',
      category: '健康证明',
      clause: '',
      description: '缺健康证',
    },
  });
  expect(lines.map((line) => line.key)).toEqual(['subjectId', 'riskClass', 'category', 'description']);
});

test('a change of a newer version still has a name', () => {
  expect(changeWords({ name: 'cases.open', args: {} }).table).toEqual(['cases.open', 'cases.open']);
});

test.each([...mutationOfName.keys()])('%s has words in both languages', (name) => {
  const { table, verb } = changeWords({ name, args: {} });
  for (const [zh, en] of [table, verb]) {
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[A-Z][^\u4e00-\u9fff]*$/);
  }
});
