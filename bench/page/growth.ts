/** What a day's work costs beside a history of some length. */
import type { Figures } from '../cell.ts';
import { type Account, openBenchDesk, openOther } from './desk.ts';
import { large, median, often, pause } from './measure.ts';
import { TIMES } from './plain-row.ts';
import { edit, heard, spreadOf, subjectsOf } from './subjects.ts';

/** Until the log was tidied after the load. */
const CALM_MS = 2000;

export async function growth(given: { readonly here: Account; readonly other: Account }): Promise<Figures> {
  const desk = await openBenchDesk(given.here);
  const load = await large('load', () => desk.start());
  await pause(CALM_MS);
  const rows = desk.copy.cursors().reduce((sum, cursor) => sum + cursor.rows, 0);
  const subjects = await subjectsOf(desk);
  const before = await desk.storedBytes();
  const [changes = []] = await heard(desk, subjects.slice(0, TIMES.changes), [await openOther(given.other)]);
  const brought = await desk.storedBytes();
  await desk.stop();
  const mine = subjects.slice(TIMES.changes, TIMES.changes + TIMES.edits);
  const edits = await often(mine.length, (turn) => edit(desk, mine[turn]?.id ?? ''));
  const after = await desk.storedBytes();
  return {
    rows,
    ...load,
    ...spreadOf('change in', changes),
    'change bytes': (brought.copy - before.copy) / changes.length,
    edit: median(edits),
    'edit bytes': (after.copy + after.outbox - brought.copy - brought.outbox) / edits.length,
  };
}
