/** Our client by itself: the first load in both ways, what is read from the copy, an edit, and what was done without a line. */
import { tableList } from '#shared/tables/index.ts';
import type { Figures } from '../cell.ts';
import { registers } from '../../renderer/sync/register.ts';
import { type Account, type BenchDesk, openBenchDesk, openKept } from './desk.ts';
import { large, median, often, timed, tiny, until, withFreeze } from './measure.ts';
import { LIST_LENGTH, LISTED, mustFind, NEEDLE, TIMES } from './plain-row.ts';
import { edit, subjectsOf } from './subjects.ts';

const DAY_MS = 24 * 3600_000;

export async function pages(account: Account): Promise<Figures> {
  const desk = await openBenchDesk(account, true);
  const figures = await withFreeze('load', () => desk.start());
  await desk.stop();
  return figures;
}

export async function segments(account: Account): Promise<Figures> {
  const desk = await openBenchDesk(account);
  const load = await withFreeze('load', () => desk.start());
  await desk.stop();
  const { copy: stored } = await desk.storedBytes();
  const list = () => desk.cache.where('tasks', { equal: { state: LISTED }, descending: true, limit: LIST_LENGTH });
  const history = await large('history', () => everything(desk));
  mustFind(await list());
  const listed = await tiny(list);
  return { ...load, stored, ...history, list: listed, ...(await searched(desk)), ...(await sent(desk)) };
}

/** Packed history opened, too. */
const everything = ({ cache }: BenchDesk): Promise<unknown> => Promise.all(tableList.map(({ name }) => cache.all(name)));

/** The register of subjects; its first question makes it ready. */
async function searched(desk: BenchDesk): Promise<Figures> {
  const register = registers(desk.cache);
  const sort = { column: 'name', descending: false };
  const ask = (search: string) =>
    register.query({ table: 'subjects', filter: { kind: [] }, sort, offset: 0, limit: LIST_LENGTH, search });
  const first = await timed(() => ask(''));
  mustFind((await ask(NEEDLE)).rows);
  const scan = await tiny(() => ask(NEEDLE));
  const initials = await tiny(() => ask('nrm'));
  const [stream] = desk.copy.cursors().toSorted((a, b) => b.rows - a.rows);
  const digests = await large('digests', () => desk.cache.digests(stream?.stream ?? '', Date.now()));
  return { 'register ready': first, scan, initials, ...digests };
}

async function sent(desk: BenchDesk): Promise<Figures> {
  const subjects = await subjectsOf(desk);
  const idOf = (turn: number): string => subjects[turn % subjects.length]?.id ?? '';
  const oneEdit = median(await often(TIMES.edits, (turn) => edit(desk, idOf(turn))));
  for (let turn = TIMES.edits; turn < TIMES.flushed; turn++) await edit(desk, idOf(turn));
  const flush = await large('flush', async () => {
    await desk.start();
    await until(() => desk.copy.pending().length === 0);
  });
  await desk.stop();
  return { edit: oneEdit, ...flush };
}

/** In a program that was started anew: the copy opened, the work of the day found. */
export async function coldOpen(): Promise<Figures> {
  return large('open', async () => {
    const cache = await openKept();
    for (const state of ['dispatched', 'accepted', 'inProgress']) mustFind([await cache.where('tasks', { equal: { state } })]);
    await cache.where('inspections', { equal: { state: 'inProgress' } });
    await cache.where('problems', { equal: { state: 'confirmed' }, range: { from: Date.now() - DAY_MS } });
  });
}
