import { expect, test } from 'vitest';
import { isOpenProblem, isOverdueProblem } from '#shared/domain/problem-state.ts';
import { isOpenTask, isOverdueTask } from '#shared/domain/task-state.ts';
import type { Row, Table } from '#shared/schema/table.ts';
import { tables } from '#shared/tables/index.ts';
import { DAY_MS, startOfDay } from './calendar.ts';
import { demonstrationCity } from './city.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './demo-accounts.ts';
import type { Size } from './plan.ts';

/** Days on which weekends shift what was dispatched: Monday, Wednesday, Sunday. */
const MORNINGS = ['2022-06-13T01:00:00Z', '2022-06-15T01:00:00Z', '2022-06-19T01:00:00Z'].map((text) => Date.parse(text));

function village(now: number, size: Size = 'village') {
  const commands = [...demonstrationCity(size, now)];
  return <T extends Table>(t: T): readonly Row<T>[] =>
    commands
      .filter(({ name }) => name.startsWith(`${t.name}.`))
      .map(({ args, district }) => ({ ...args, districtId: district }) as Row<T>);
}

test.each(MORNINGS)('chengguan01 finds one task overdue, one due today, new ones and some to come (%i)', (now) => {
  const own = village(now)(tables.tasks).filter((task) => isOpenTask(task) && task.assigneeIds.includes('o-chengguan01'));
  const base = startOfDay(now);
  expect(own.filter((task) => isOverdueTask(task, now)).length).toBeGreaterThanOrEqual(1);
  expect(own.filter(({ dueAt }) => startOfDay(dueAt) === base)).toHaveLength(1);
  expect(own.filter(({ dueAt }) => dueAt >= base + DAY_MS).length).toBeGreaterThanOrEqual(3);
  const fresh = own.filter(({ state, dispatchedAt }) => state === 'dispatched' && (dispatchedAt ?? 0) > base - 4 * DAY_MS);
  expect(fresh.length).toBeGreaterThanOrEqual(2);
});

test('problems wait in the officer’s own cells: an overdue class 1, a second round, new captures', () => {
  const [now = 0] = MORNINGS;
  const rows = village(now);
  const open = rows(tables.problems).filter((problem) => isOpenProblem(problem) && problem.foundBy === 'o-chengguan01');
  expect(open.filter((problem) => problem.riskClass === '1' && isOverdueProblem(problem, now))).toHaveLength(1);
  expect(open.filter(({ state, round }) => state === 'rechecking' && round === 2)).toHaveLength(1);
  expect(open.filter(({ state }) => state === 'found').length).toBeGreaterThanOrEqual(1);
});

test('a village is small and still has two officers of one station', () => {
  const rows = village(MORNINGS[0] ?? 0);
  expect(rows(tables.subjects)).toHaveLength(120);
  const stations = ['o-chengguan01', 'o-chengguan02'].map((id) => rows(tables.officers).find((one) => one.id === id)?.orgUnitId);
  expect(stations).toEqual(['u-620102-01', 'u-620102-01']);
});

test('every demonstration account is an officer of every size, with a grant on a district', () => {
  const rows = village(MORNINGS[0] ?? 0);
  for (const { account, officerId, districtId } of DEMO_ACCOUNTS) {
    expect(rows(tables.officers).find(({ id }) => id === officerId)).toMatchObject({ account, districtId });
    expect(rows(tables.grants).some((grant) => grant.officerId === officerId && grant.stream === 'd:620102')).toBe(true);
  }
});

test('the demonstration password keeps the rule: ten characters or more, three of four classes', () => {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^\da-zA-Z]/].filter((one) => one.test(DEMO_PASSWORD));
  expect([DEMO_PASSWORD.length >= 10, classes.length >= 3]).toEqual([true, true]);
});
