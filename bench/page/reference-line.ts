/** The references' centre, which has everything in memory and is as cheap as can be, so that the clients are what is measured. */
import type { Figures } from '../cell.ts';
import { large, median, p95, pause, timed } from './measure.ts';
import { type PlainRow, TIMES } from './plain-row.ts';

export const get = async (path: string): Promise<unknown> => (await fetch(path)).json();
export const post = async (path: string, body: unknown): Promise<unknown> =>
  (await fetch(path, { method: 'POST', body: JSON.stringify(body) })).json();

export const fetchRows = async (): Promise<PlainRow[]> => (await get('/rows')) as PlainRow[];
export const subjectsAmong = (rows: readonly PlainRow[]): PlainRow[] => rows.filter(({ table }) => table === 'subjects');

/** Hears of the changes that the centre tells of. */
export async function listen(hear: (data: string) => void): Promise<() => void> {
  const events = new EventSource('/events');
  events.addEventListener('message', ({ data }) => hear(String(data)));
  await new Promise((resolve) => events.addEventListener('open', resolve));
  return () => events.close();
}

/** Sends what was edited offline, and makes sure that the centre took a change of each of the rows. */
export async function flushed(flush: () => Promise<unknown>, ids: readonly string[]): Promise<Figures> {
  const before = Number(await get('/taken'));
  const figures = await large('flush', flush);
  const arrived = Number(await get('/taken')) - before;
  if (arrived < Math.min(TIMES.flushed, ids.length)) throw new Error(`only ${arrived} changes arrived`);
  return figures;
}

const LOOKING_MS = 20;

/** From a change at the centre to the query that shows it. `watch` calls back with each version it shows, and answers how to stop. */
export async function spread(
  rows: readonly PlainRow[],
  watch: (id: string, see: (ver: number) => void) => () => void,
): Promise<Figures> {
  const subjects = subjectsAmong(rows);
  const each: number[] = [];
  for (let turn = 0; turn < TIMES.changes; turn++) {
    const id = subjects[(turn * 37 + 11) % subjects.length]?.id ?? '';
    const seen = Promise.withResolvers<undefined>();
    let wanted = Number.POSITIVE_INFINITY;
    let newest = 0;
    const look = (): void => {
      if (newest >= wanted) seen.resolve(undefined);
    };
    const stop = watch(id, (ver) => {
      newest = ver;
      look();
    });
    await pause(LOOKING_MS);
    each.push(
      await timed(async () => {
        ({ ver: wanted } = (await post('/change', { id })) as { readonly ver: number });
        look();
        await seen.promise;
      }),
    );
    stop();
  }
  return { spread: median(each), 'spread p95': p95(each) };
}
