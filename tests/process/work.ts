/** What officers do all day, chosen so that what is done twice or not at all shows in the rows afterwards. */
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '#shared/errors.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import type { Dice } from '../support/dice.ts';
import type { Workstation } from './workstation.ts';

/** The record of a visit holds no more paragraphs than these. */
const PARAGRAPHS = 120;
/** Subjects everybody edits, so that edits meet. */
const CONTESTED = 3;
const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 90;

interface Deed {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** One officer at one workstation. */
export interface Work {
  /** Does one thing after the other until `signal` aborts. */
  go(signal: AbortSignal): Promise<void>;
  /** What the workstation refused at once, because the copy said it cannot be. */
  refused(): number;
}

const byId = (rows: readonly AnyRow[]): AnyRow[] => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

export function workAt(station: Workstation, dice: Dice): Work {
  let refused = 0;
  let paragraphs = 0;
  let visit: string | undefined;

  const all = async (table: string): Promise<AnyRow[]> => {
    const [rows] = await station.desk().read([{ table, how: 'all' }]);
    return byId(rows as readonly AnyRow[]);
  };

  async function begin(): Promise<Deed> {
    const [subjects, templates] = [await all('subjects'), await all('checklistTemplates')];
    const id = dice.uuid();
    const officerIds = [station.officerId];
    const args = { id, subjectId: dice.pick(subjects).id, taskId: null, templateId: dice.pick(templates).id, officerIds };
    return { name: 'inspections.begin', args };
  }

  async function problem(): Promise<Deed> {
    const subject = dice.pick(await all('subjects'));
    const about = { inspectionId: null, source: 'site', riskClass: '2', category: '操作规范', clause: '', deadlineAt: null };
    return { name: 'problems.file', args: { id: dice.uuid(), subjectId: subject.id, ...about, description: '地面有积水' } };
  }

  /** Somebody's newest problem; two officers may well judge it at once. */
  async function judge(): Promise<Deed> {
    const found = (await all('problems')).filter(({ state }) => state === 'found');
    const id = found.at(-1)?.id;
    if (id === undefined) return problem();
    return dice.chance(0.5)
      ? { name: 'problems.confirm', args: { id } }
      : { name: 'problems.dismiss', args: { id, reason: '经核实不属实' } };
  }

  async function count(): Promise<Deed> {
    const subject = dice.pick((await all('subjects')).slice(0, CONTESTED));
    const from = subject['diners'];
    return { name: 'subjects.edit', args: { id: subject.id, changes: { diners: { from, to: Number(from ?? 0) + 1 } } } };
  }

  async function task(): Promise<Deed> {
    const tasks = await all('tasks');
    const open = tasks.findLast(({ state }) => state === 'dispatched');
    if (open && !station.desk().signedIn().roles.includes('stationHead')) return { name: 'tasks.accept', args: { id: open.id } };
    const [like] = tasks;
    if (!like) return problem();
    const { districtId: _district, ...columns } = like;
    return { name: 'tasks.dispatch', args: { ...columns, id: dice.uuid(), state: 'dispatched', cancelReason: null } };
  }

  async function next(): Promise<Deed> {
    if (visit === undefined || paragraphs >= PARAGRAPHS) return begin();
    const drawn = dice.fraction();
    if (drawn < 0.5) return { name: 'inspections.addNote', args: { id: visit, text: `第${paragraphs + 1}段` } };
    if (drawn < 0.65) return problem();
    if (drawn < 0.75) return judge();
    return drawn < 0.9 ? count() : task();
  }

  async function one(): Promise<void> {
    const { name, args } = await next();
    try {
      await station.mutate(name, args);
    } catch (error) {
      if (!(error instanceof Fault) || error.kind === 'internal') throw error;
      refused += 1;
      return;
    }
    if (name === 'inspections.addNote') paragraphs += 1;
    if (name === 'inspections.begin') {
      visit = String(args['id']);
      paragraphs = 0;
    }
  }

  return {
    async go(signal) {
      while (!signal.aborted) {
        await one();
        await pause(SHORTEST_PAUSE_MS + dice.below(LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS));
      }
    },
    refused: () => refused,
  };
}
