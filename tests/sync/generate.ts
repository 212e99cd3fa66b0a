import { sample } from 'fast-check';
import type { Actor } from '#shared/schema/mutation.ts';
import { CITY } from '#shared/schema/stream.ts';
import type { AnyRow } from '#shared/schema/table.ts';
import { mutationOfName, type NamedMutation, tableOfName, tableList } from '#shared/tables/index.ts';
import type { MachineCommand } from '../../server/sync/system-message.ts';
import { record } from '../support/arbitrary.ts';
import type { Dice } from '../support/dice.ts';

/** Drawn once, so that a history costs no generator runs: arguments of every mutation, rows of every table. */
const POOL = 120;
type Args = Record<string, unknown>;
const argsOf = new Map<string, readonly Args[]>(
  Array.from(mutationOfName.values(), ({ name, mutation }, seed) => [
    name,
    sample(record(mutation.args), { numRuns: POOL, seed }),
  ]),
);
const all = [...mutationOfName.values()];
const edits = all.filter(({ mutation }) => mutation.class === 'edit');
const photographs = all.filter(({ table }) => table.name === 'attachments');

/** The mutation that brings a whole row of the table into being. */
function registrationOf(table: string): NamedMutation {
  const columns = Object.keys(tableOfName.get(table)?.columns ?? {});
  const found = all.find(
    ({ name, mutation }) => name.startsWith(`${table}.`) && columns.every((column) => column in mutation.args),
  );
  if (!found) throw new Error(`no registration for ${table}`);
  return found;
}

/** States in which there is work to do, and officers who may do it. */
const LIVELY: Readonly<Record<string, (dice: Dice) => Args>> = {
  tasks: (dice) => ({ state: dice.pick(['dispatched', 'accepted', 'inProgress']), kind: 'routine' }),
  problems: (dice) => ({ state: dice.pick(['found', 'confirmed', 'pushed', 'submitted']), round: 1 }),
  inspections: () => ({ state: 'inProgress', officerIds: ['o-wang', 'o-li', 'o-head'], noticeGiven: true, taskId: null }),
  attachments: (dice) => ({
    ownerTable: 'subjects',
    ownerId: dice.pick(IDS),
    state: 'announced',
    takenBy: 'o-wang',
    sha256: 'a'.repeat(64),
  }),
};

const IDS = ['a', 'b', 'c'];

/** The rows with which every history begins: three of each table, and the officers with their grants. */
export function beginning(dice: Dice, actors: readonly Actor[]): ReadonlyMap<string, readonly MachineCommand[]> {
  const city: MachineCommand[] = [];
  const district: MachineCommand[] = [];
  const at = 1;
  for (const { name, scope } of tableList) {
    const registration = registrationOf(name);
    for (const id of IDS) {
      const args = { ...dice.pick(argsOf.get(registration.name) ?? []), ...LIVELY[name]?.(dice), id };
      (scope === 'city' ? city : district).push({ name: registration.name, args, at });
    }
  }
  const seen = new Set<string>();
  for (const { id, roles, districtId } of actors) {
    if (seen.has(id)) continue;
    seen.add(id);
    const [officer] = argsOf.get('officers.enrol') ?? [];
    district.push({ name: 'officers.enrol', at, args: { ...officer, id, account: id, roles, state: 'active' } });
    const grant = { id: `g-${id}`, officerId: id, stream: `d:${districtId}`, since: 0, until: null };
    district.push({ name: 'grants.give', at, args: grant });
  }
  return new Map([
    [CITY, city],
    [actors[0]?.districtId ?? '', district],
  ]);
}

export interface Deed {
  readonly name: string;
  readonly args: Args;
}

/** A row as the officer sees it. */
type See = (table: string, id: string) => Promise<AnyRow | undefined>;

/** One that may be taken: in the officer's own name, of something that is there. */
const photographOf = (dice: Dice, takenBy: string): Args => ({
  ownerTable: 'subjects',
  ownerId: dice.pick(IDS),
  thumbSha256: null,
  takenBy,
  state: 'announced',
});

/** Any mutation with any arguments that fit; an edit starts from what the officer sees. */
export async function anyDeed(dice: Dice, officerId: string, see: See): Promise<Deed> {
  const { name, table, mutation } = dice.pick(dice.chance(0.3) ? edits : dice.chance(0.1) ? photographs : all);
  const drawn = { ...dice.pick(argsOf.get(name) ?? []) };
  if (mutation.class === 'edit') return { name, args: await editOf(dice, table.name, see) };
  // Now and then something that was never there before.
  if (dice.chance(0.5)) drawn['id'] = dice.uuid();
  if (name === 'attachments.announce') Object.assign(drawn, photographOf(dice, officerId));
  else if (mutation.class === 'fact') Object.assign(drawn, LIVELY[table.name]?.(dice));
  return { name, args: drawn };
}

async function editOf(dice: Dice, table: string, see: See): Promise<Args> {
  const id = dice.pick(IDS);
  const row = await see(table, id);
  const wanted = dice.pick(argsOf.get(registrationOf(table).name) ?? []);
  const fields = Object.keys(wanted).filter((field) => field !== 'id' && field !== 'state');
  const field = dice.pick(fields);
  // Now and then the officer looks at a screen that is older than the copy.
  const from = dice.chance(0.2) ? dice.pick(argsOf.get(registrationOf(table).name) ?? [])[field] : row?.[field];
  return { id, changes: { [field]: { from: from ?? null, to: wanted[field] } } };
}
