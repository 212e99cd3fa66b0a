/** One change from one workstation to another: through the server that both ask, and through two over one PostgreSQL. */
import type { Figures } from '../cell.ts';
import { type Account, openBenchDesk, openOther } from './desk.ts';
import { TIMES } from './plain-row.ts';
import { heard, spreadOf, subjectsOf } from './subjects.ts';

export async function spreading(given: {
  readonly here: Account;
  readonly same: Account;
  readonly other: Account;
}): Promise<Figures> {
  const desk = await openBenchDesk(given.here);
  await desk.start();
  const others = [await openOther(given.same), await openOther(given.other)];
  const subjects = (await subjectsOf(desk)).slice(0, others.length * TIMES.changes);
  const [one = [], two = []] = await heard(desk, subjects, others);
  await desk.stop();
  return { ...spreadOf('one server', one), ...spreadOf('two servers', two) };
}
