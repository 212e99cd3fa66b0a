/** The one thing that is edited in all of this: how many people eat at a subject. */
import type { AnyRow } from '#shared/schema/table.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { BenchDesk, openOther } from './desk.ts';
import { median, p95, pause } from './measure.ts';

const EDIT = 'subjects.edit';
const v = mutationOfName.get(EDIT)?.mutation.v ?? 0;
const CALM_MS = 20;

export const subjectsOf = ({ cache }: BenchDesk): Promise<readonly AnyRow[]> => cache.all('subjects');

async function change(desk: BenchDesk, id: string) {
  const from = (await desk.cache.get('subjects', id))?.['diners'] ?? null;
  return { id, changes: { diners: { from, to: (Number(from) + 1) % 100_000 } } };
}

/** By this officer; resolves when it is saved. */
export const edit = async (desk: BenchDesk, id: string): Promise<unknown> => desk.copy.mutate(EDIT, await change(desk, id));

/** From another officer's sending to the moment in which this copy shows it: one turn for each of the subjects, each by another of `others`. */
export async function heard(
  desk: BenchDesk,
  subjects: readonly AnyRow[],
  others: readonly Awaited<ReturnType<typeof openOther>>[],
): Promise<readonly (readonly number[])[]> {
  const each = others.map((): number[] => []);
  for (const [turn, { id }] of subjects.entries()) {
    const place = turn % others.length;
    const args = await change(desk, id);
    const seen = new Promise<void>((resolve) => {
      const stop = desk.onChange(({ puts }) => {
        if (!puts.get('subjects')?.some((row) => row.id === id)) return;
        stop();
        resolve();
      });
    });
    const before = performance.now();
    await others[place]?.send({ name: EDIT, v, args });
    await seen;
    each[place]?.push(performance.now() - before);
    await pause(CALM_MS);
  }
  return each;
}

export const spreadOf = (name: string, each: readonly number[]) => ({ [name]: median(each), [`${name} p95`]: p95(each) });
