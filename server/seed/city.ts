import { CITY } from '#shared/schema/stream.ts';
import { channels } from '#shared/tables/channels.ts';
import { checklistTemplates } from '#shared/tables/checklist-templates.ts';
import { gridCells } from '#shared/tables/grid-cells.ts';
import { inspections } from '#shared/tables/inspections.ts';
import { licences } from '#shared/tables/licences.ts';
import { problems } from '#shared/tables/problems.ts';
import { subjects } from '#shared/tables/subjects.ts';
import { tasks } from '#shared/tables/tasks.ts';
import { DAY_MS, dayOf, startOfDay } from './calendar.ts';
import { channelsOf } from './channels.ts';
import { CHECKLISTS } from './checklists.ts';
import { bring, type SeedCommand } from './command.ts';
import { dictionaries } from './dictionaries.ts';
import { cellsOf } from './grid.ts';
import { licenceOf } from './licences.ts';
import { openProblems } from './open-problems.ts';
import { openTasks } from './open-tasks.ts';
import { type DistrictPlan, planOf, type Size } from './plan.ts';
import { settledProblems } from './problems.ts';
import { cityStaff, districtStaff } from './staff.ts';
import { subjectsOf } from './subjects.ts';
import { visitsTo } from './visits.ts';

/** The registers were begun this long before the base day. */
export const REGISTERED_DAYS_AGO = 400;

function* districtCommands(plan: DistrictPlan, base: number): Generator<SeedCommand> {
  const { code } = plan.district;
  const since = base - REGISTERED_DAYS_AGO * DAY_MS;
  yield* districtStaff(plan, base, since);

  const cells = cellsOf(plan, dayOf(since));
  for (const { row, school } of cells) {
    yield bring(gridCells, code, row, since);
    if (school) yield bring(gridCells, code, school.row, since);
  }

  const all = subjectsOf(plan, cells);
  let camera = 0;
  for (const subject of all) {
    yield bring(subjects, code, subject.row, since);
    const licence = licenceOf(subject, code, base);
    if (licence) yield bring(licences, code, licence, since);
    for (const channel of channelsOf(subject, code, base, () => ++camera)) yield bring(channels, code, channel, since);
  }

  const visits = all.flatMap((subject) => visitsTo(subject, base));
  for (const { task, inspection } of visits) {
    yield bring(tasks, code, task, task.dispatchedAt ?? task.dueAt);
    yield bring(inspections, code, inspection, inspection.finishedAt ?? inspection.startedAt);
  }
  for (const task of openTasks(all, base)) yield bring(tasks, code, task, task.dispatchedAt ?? base);
  for (const problem of settledProblems(code, all, visits, base)) yield bring(problems, code, problem, problem.foundAt);
  for (const problem of openProblems(code, all, base)) yield bring(problems, code, problem, problem.foundAt);
}

/**
 * The demonstration city of the day of `now` (ms), as the mutations that make it: the city's own rows first, then district by
 * district, each row after those it points at. The same size and day give the same commands.
 */
export function* demonstrationCity(size: Size, now: number): Generator<SeedCommand> {
  const base = startOfDay(now);
  const since = base - REGISTERED_DAYS_AGO * DAY_MS;
  const plans = planOf(size);
  yield* dictionaries(size, plans, since);
  for (const list of CHECKLISTS) yield bring(checklistTemplates, CITY, list, since);
  yield* cityStaff(base, since);
  for (const plan of plans) yield* districtCommands(plan, base);
}
