import { expect, test } from 'vitest';
import { newsSince } from './news.ts';

const task = (id: string, dispatchedAt: number | null, assigneeIds = ['o-wang']) => ({
  id,
  title: id,
  dispatchedAt,
  assigneeIds,
  subjectId: 's',
});
const problem = (id: string, foundAt: number, foundBy = 'o-li') => ({ id, category: id, foundAt, foundBy, subjectId: 's' });
const seen = { officerId: 'o-wang', since: 100 };

test('what others did while I was away is news, the newest first', () => {
  const news = newsSince([task('t', 150)], [problem('p', 200)], seen);
  expect(news.map(({ kind, at }) => [kind, at])).toEqual([
    ['problem', 200],
    ['task', 150],
  ]);
});

test('what was there before, what I did myself and what was given to others is no news', () => {
  const tasks = [task('old', 100), task('draft', null), task('theirs', 150, ['o-li'])];
  expect(newsSince(tasks, [problem('mine', 150, 'o-wang'), problem('old', 99)], seen)).toEqual([]);
});
