/** What officers do all day, chosen so that what is done twice or not at all shows in the rows afterwards. */
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '#shared/errors.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import type { Dice } from '../support/dice.ts';
import type { Workstation } from './workstation.ts';

/** The record of a visit holds no more paragraphs than these. */
const PARAGRAPHS = 120;
const PHOTOGRAPH_BYTES = 150_000;
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

  const all = async (table: string): Promise<AnyRow[]> => byId(await station.rows(table));

  /** None while the copy is being filled. */
  async function any(table: string): Promise<AnyRow | undefined> {
    const rows = await all(table);
    return rows[dice.below(rows.length)];
  }

  async function begin(): Promise<Deed | undefined> {
    const [subject, template] = [await any('subjects'), await any('checklistTemplates')];
    const officerIds = [station.officerId];
    return (
      subject &&
      template && {
        name: 'inspections.begin',
        args: { id: dice.uuid(), subjectId: subject.id, taskId: null, templateId: template.id, officerIds },
      }
    );
  }

  async function problem(): Promise<Deed | undefined> {
    const subject = await any('subjects');
    const about = { inspectionId: null, source: 'site', riskClass: '2', category: '操作规范', clause: '', deadlineAt: null };
    return (
      subject && { name: 'problems.file', args: { id: dice.uuid(), subjectId: subject.id, ...about, description: '地面有积水' } }
    );
  }

  /** Somebody's newest problem; two officers may well judge it at once. */
  async function judge(): Promise<Deed | undefined> {
    const found = (await all('problems')).filter(({ state }) => state === 'found');
    const id = found.at(-1)?.id;
    if (id === undefined) return problem();
    return dice.chance(0.5)
      ? { name: 'problems.confirm', args: { id } }
      : { name: 'problems.dismiss', args: { id, reason: '经核实不属实' } };
  }

  async function count(): Promise<Deed | undefined> {
    const subject = (await all('subjects'))[dice.below(CONTESTED)];
    const from = subject?.['diners'];
    return (
      subject && { name: 'subjects.edit', args: { id: subject.id, changes: { diners: { from, to: Number(from ?? 0) + 1 } } } }
    );
  }

  async function task(): Promise<Deed | undefined> {
    const tasks = await all('tasks');
    const open = tasks.findLast(({ state }) => state === 'dispatched');
    if (open && !station.desk().signedIn().roles.includes('stationHead')) return { name: 'tasks.accept', args: { id: open.id } };
    const [like] = tasks;
    if (!like) return problem();
    const { districtId: _district, ...columns } = like;
    return { name: 'tasks.dispatch', args: { ...columns, id: dice.uuid(), state: 'dispatched', cancelReason: null } };
  }

  /** Its bytes are kept here before anything names them. */
  async function photograph(ownerId: string): Promise<Deed> {
    const kept = await station.desk().addFile(picture(dice), 'image/jpeg');
    const about = { ownerTable: 'inspections', ownerId, mime: 'image/jpeg', caption: '', state: 'announced' };
    return {
      name: 'attachments.announce',
      args: { id: dice.uuid(), ...about, ...kept, takenAt: Date.now(), takenBy: station.officerId },
    };
  }

  async function next(): Promise<Deed | undefined> {
    if (visit === undefined || paragraphs >= PARAGRAPHS) return begin();
    if (dice.chance(0.02)) return photograph(visit);
    const drawn = dice.fraction();
    if (drawn < 0.5) return { name: 'inspections.addNote', args: { id: visit, text: `第${paragraphs + 1}段` } };
    if (drawn < 0.65) return problem();
    if (drawn < 0.75) return judge();
    return drawn < 0.9 ? count() : task();
  }

  async function one(): Promise<void> {
    const deed = await next();
    if (!deed) return;
    const { name, args } = deed;
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

/** What begins like a JPEG and is like no other. */
function picture(dice: Dice): Uint8Array {
  const bytes = new Uint8Array(4 + dice.below(PHOTOGRAPH_BYTES)).map(() => dice.below(256));
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}
