/**
 * The centre's work done once more by the book: every line of the audit, in order, over empty tables, by the same rules of the
 * work and nothing else of the centre. What comes out must be what the centre says it decided, and what it now has.
 */
import { CODES, Fault } from '#shared/errors.ts';
import type { Command } from '#shared/protocol/messages.ts';
import { argsOfToday, type FieldConflict } from '#shared/schema/mutation.ts';
import { CITY } from '#shared/schema/stream.ts';
import { type AnyRow, checkArgs, type Row, type Table } from '#shared/schema/table.ts';
import type { grants } from '#shared/tables/grants.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { AuditLine } from '../../server/audit/chain.ts';
import type { Reader } from '../../server/store/centre-store.ts';
import { actorOf, mustWorkIn, SYSTEM } from '../../server/sync/actor.ts';
import { type Asked, readCommand } from '../../server/sync/asked.ts';
import { Batch, MutationTx } from '../../server/sync/batch.ts';
import { holdOf } from '../../server/sync/hold.ts';
import type { Truth } from './centre-base.ts';
import { type Tale, textOf, type Told } from './tale.ts';

interface Verdict {
  readonly status: string;
  readonly code: string | null;
  readonly conflicts: readonly FieldConflict[] | null;
}

/** Everything in which the centre differs from the book. */
export async function decidedAnew(truth: Truth, tale: Tale): Promise<readonly string[]> {
  const rows: Rows = new Map();
  const refused = new Set<string>();
  /** Late work that must be kept for a supervisor: the id under which it is → how. */
  const toHold = new Map<string, Told>();
  const differences: string[] = [];
  // In the order of their time; at one moment, as at the beginning, the city's dictionaries first.
  const lines = [...truth.audit].toSorted(([a], [b]) => Number(b === CITY) - Number(a === CITY)).flatMap(([, chain]) => chain);
  for (const line of lines.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    const heard = tale.told.get(line.mid) ?? toHold.get(line.mid);
    if (!heard) {
      differences.push(`${line.name} ${line.mid}: nobody asked for it`);
      continue;
    }
    toHold.delete(line.mid);
    const decision = truth.decisions.get(line.mid);
    // What first came to the centre in one version may have been decided when that was rolled back.
    const told = { ...heard, command: { ...heard.command, v: decision?.v ?? heard.command.v } };
    const verdict = await judge(rows, line, told, refused);
    if (verdict.status === 'rejected') refused.add(line.mid);
    if (verdict.code === CODES.grantMissing[0]) {
      const hold = holdOf(readCommand(told.command, told.home), line.district, line.receivedAt);
      if (hold) toHold.set(hold.mid, { command: commandOf(hold), home: CITY });
    }
    const decided = { status: line.status, code: line.code, conflicts: decision?.conflicts ?? null };
    if (textOf(verdict) !== textOf(decided))
      differences.push(`${line.name} ${line.mid}: by the rules ${textOf(verdict)}, decided ${textOf(decided)}`);
  }
  for (const mid of toHold.keys()) differences.push(`${mid} was not kept for a supervisor`);
  for (const [name, all] of truth.rows)
    for (const [key, { row }] of all) {
      const ours = rows.get(`${name}/${key}`)?.row ?? null;
      rows.delete(`${name}/${key}`);
      if (textOf(ours) !== textOf(row))
        differences.push(`${name}/${key}\n  by the rules ${textOf(ours)}\n  centre       ${textOf(row)}`);
    }
  return [...differences, ...[...rows.keys()].map((key) => `${key} is not at the centre`)];
}

/** What the centre wrote to itself, as it was sent by nobody. */
const commandOf = ({ mid, n, name, v, district, actor, at, after, said = {} }: Asked): Command => ({
  mid,
  n,
  name,
  v,
  district,
  actor,
  at,
  offsetMs: 0,
  after,
  args: { ...said },
});

type Rows = Map<string, { readonly table: Table; readonly district: string; readonly row: AnyRow }>;

const readerOver = (rows: Rows): Reader => ({
  async rows(table, district, ids) {
    const found = ids.flatMap((id) => rows.get(`${table.name}/${district}/${id}`)?.row ?? []);
    return new Map(found.map((row) => [row.id, { row, ver: 1 }]));
  },
  async grantsOf({ officerId, districtId }) {
    const all = [...rows.values()].filter(({ table }) => table.name === 'grants').map(({ row }) => row as Row<typeof grants>);
    return all.filter((grant) => grant.officerId === officerId && grant.districtId === districtId);
  },
});

async function judge(rows: Rows, line: AuditLine, { command, home }: Told, refused: ReadonlySet<string>): Promise<Verdict> {
  const { district, device, actor: officerId, receivedAt } = line;
  const reader = readerOver(rows);
  const tx = new MutationTx(new Batch(reader, district));
  try {
    if (command.actor !== officerId) throw new Fault('wrongActor', 'made under another name');
    const session = { officerId, districtId: home, device };
    const actor = officerId === SYSTEM.id ? SYSTEM : await actorOf(reader, session, receivedAt);
    const known = mutationOfName.get(command.name);
    const today = known && argsOfToday(known.mutation, command.v, command.args);
    if (!known || !today) throw new Fault('unknownMutation', 'no such mutation');
    const args = checkArgs(known.mutation.args, today);
    if (command.district !== district) throw new Fault('grantMissing', 'never had to do with that district');
    mustWorkIn(actor, district);
    if (command.after !== null && refused.has(command.after)) throw new Fault('parentRefused', 'what it stands on was refused');
    const conflicts = (await known.mutation.run(tx, args, { actor, district, at: command.at })) ?? null;
    for (const { table, id, row } of tx.writes.values()) {
      const key = `${table.name}/${district}/${id}`;
      if (row) rows.set(key, { table, district, row: stripped(table, row) });
      else rows.delete(key);
    }
    return { status: conflicts ? 'merged' : 'applied', code: null, conflicts };
  } catch (error) {
    if (error instanceof Fault) return { status: 'rejected', code: error.code, conflicts: null };
    throw error;
  }
}

const stripped = (table: Table, row: AnyRow): AnyRow => ({
  id: row.id,
  districtId: row.districtId,
  ...Object.fromEntries(Object.keys(table.columns).map((column) => [column, row[column]])),
});
