import { expect, test } from 'vitest';
import type { IssueItem } from '../../sync/engine-api.ts';
import { disputesOf } from './disputes.ts';

const yes = { result: 'yes', remark: '' };
const no = { result: 'no', remark: '' };
const told = { result: 'no', remark: '无健康证' };
const answered = (n: number, item: number, base: unknown, mine: unknown, more: Partial<IssueItem> = {}): IssueItem => ({
  mid: `m${n}`,
  n,
  name: 'inspections.answer',
  table: 'inspections',
  targetId: 'visit',
  args: { id: 'visit', no: item, from: base, answer: mine },
  at: n,
  status: 'merged',
  kind: null,
  code: null,
  detail: {},
  conflicts: [{ field: 'answers', base, mine, theirs: yes }],
  decidedAt: n,
  ...more,
});

test('several answers of mine to one item are one dispute: the last of them, against what stood before the first', () => {
  const [dispute, ...others] = disputesOf([answered(2, 1, no, told), answered(1, 1, null, no)]);
  expect(others).toEqual([]);
  expect(dispute?.item.mid).toBe('m2');
  expect(dispute?.item.conflicts).toEqual([{ field: 'answers', base: null, mine: told, theirs: yes }]);
  expect(dispute?.earlier.map(({ mid }) => mid)).toEqual(['m1']);
});

test('answers to different items, and refused ones, stand for themselves', () => {
  const issues = [answered(1, 1, null, no), answered(2, 2, null, no), answered(3, 1, null, no, { status: 'rejected' })];
  expect(disputesOf(issues)).toEqual(issues.map((item) => ({ item, earlier: [] })));
});
