import { expect, test } from 'vitest';
import { historyOf } from './history.ts';

type Sources = Parameters<typeof historyOf>[0];
const nothing: Sources = { tasks: [], inspections: [], problems: [], attachments: [] };

// Only what a line of time needs of each row.
const task = (id: string, dispatchedAt: number | null) =>
  ({ id, dispatchedAt, title: id, assigneeIds: ['o1'] }) as unknown as Sources['tasks'][number];
const visit = (id: string, startedAt: number, finishedAt: number | null) =>
  ({
    id,
    startedAt,
    finishedAt,
    verdict: finishedAt === null ? null : 'basic',
    officerIds: ['o1', 'o2'],
  }) as unknown as Sources['inspections'][number];
const problem = (id: string, foundAt: number) =>
  ({ id, foundAt, foundBy: 'o1', category: id }) as unknown as Sources['problems'][number];

test('what happened stands newest first, a visit with its beginning and its end', () => {
  const history = historyOf({
    ...nothing,
    tasks: [task('t', 10)],
    inspections: [visit('v', 20, 40)],
    problems: [problem('p', 30)],
  });
  expect(history.map(({ at, kind }) => [at, kind])).toEqual([
    [40, 'inspectionDone'],
    [30, 'problem'],
    [20, 'inspectionBegun'],
    [10, 'task'],
  ]);
});

test('a visit under way has no end yet, and a draft task has not happened', () => {
  const history = historyOf({ ...nothing, tasks: [task('t', null)], inspections: [visit('v', 20, null)] });
  expect(history.map(({ kind }) => kind)).toEqual(['inspectionBegun']);
});
