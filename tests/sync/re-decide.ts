/**
 * The centre's work done once more by the book: every line of the audit, in order, over empty tables, by the same rules of the
 * work and nothing else of the centre. What comes out must be what the centre says it decided, and what it now has.
 */
import { Fault } from '#shared/errors.ts';
import { argsOfToday, type FieldConflict } from '#shared/schema/mutation.ts';
import { CITY } from '#shared/schema/stream.ts';
import { type AnyRow, checkArgs, type Row, type Table } from '#shared/schema/table.ts';
import type { grants } from '#shared/tables/grants.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { AuditLine } from '../../server/audit/chain.ts';
import type { Reader } from '../../server/store/centre-store.ts';
import { actorOf, mustWorkIn, SYSTEM } from '../../server/sync/actor.ts';
import { Batch, MutationTx } from '../../server/sync/batch.ts';
import type { Truth } from './centre-base.ts';
import { type Heard, machineKey, type Tale, textOf } from './tale.ts';

interface Verdict {
  readonly status: string;
  readonly code: string | null;
  readonly conflicts: readonly FieldConflict[] | null;
}

/** Everything in which the centre differs from the book. */
export async function decidedAnew(truth: Truth, tale: Tale): Promise<readonly string[]> {
  const rows = new Map<string, { readonly table: Table; readonly district: string; readonly row: AnyRow }>();
  const reader = readerOver(rows);
  const refused = new Set<string>();
  const differences: string[] = [];
  // In the order of their time; at one moment, as at the beginning, the city's dictionaries first.
  const lines = [...truth.audit].toSorted(([a], [b]) => Number(b === CITY) - Number(a === CITY)).flatMap(([, chain]) => chain);
  for (const line of lines.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    const told = tale.told.get(line.actor === SYSTEM.id ? machineKey(line.name, line.argsDigest) : line.mid);
    if (!told) {
      differences.push(`${line.mid}: nobody asked for it`);
      continue;
    }
    const verdict = await judge(reader, rows, line, told, refused);
    if (verdict.status === 'rejected') refused.add(line.mid);
    const decision = truth.decisions.get(line.mid);
    const decided = { status: line.status, code: line.code, conflicts: decision?.conflicts ?? null };
    if (textOf(verdict) !== textOf(decided)) differences.push(`${line.name} ${line.mid}: by the rules ${textOf(verdict)}, decided ${textOf(decided)}`);
  }
  for (const [name, all] of truth.rows)
    for (const [key, { row }] of all) {
      const ours = rows.get(`${name}/${key}`)?.row ?? null;
      rows.delete(`${name}/${key}`);
      if (textOf(ours) !== textOf(row)) differences.push(`${name}/${key}\n  by the rules ${textOf(ours)}\n  centre       ${textOf(row)}`);
    }
  return [...differences, ...[...rows.keys()].map((key) => `${key} is not at the centre`)];
}

type Rows = Map<string, { readonly table: Table; readonly district: string; readonly row: AnyRow }>;

const readerOver = (rows: Rows): Reader => ({
  async rows(table, district, ids) {
    const found = ids.flatMap((id) => rows.get(`${table.name}/${district}/${id}`)?.row ?? []);
    return new Map(found.map((row) => [row.id, { row, ver: 1 }]));
  },
  async grantsOf(officerId) {
    const all = [...rows.values()].filter(({ table }) => table.name === 'grants').map(({ row }) => row as Row<typeof grants>);
    return all.filter((grant) => grant.officerId === officerId);
  },
});

async function judge(reader: Reader, rows: Rows, line: AuditLine, told: Heard, refused: ReadonlySet<string>): Promise<Verdict> {
  const { district, device, actor: officerId, receivedAt } = line;
  const tx = new MutationTx(new Batch(reader, district));
  try {
    if (told.actor !== officerId) throw new Fault('wrongActor', 'made under another name');
    const session = { officerId, districtId: told.home, device };
    const actor = officerId === SYSTEM.id ? SYSTEM : await actorOf(reader, session, receivedAt);
    const known = mutationOfName.get(told.name);
    const current = known && argsOfToday(known.mutation, told.v, told.args);
    if (!known || !current) throw new Fault('unknownMutation', 'no such mutation');
    const args = checkArgs(known.mutation.args, current);
    mustWorkIn(actor, district);
    if (told.after !== null && refused.has(told.after)) throw new Fault('parentRefused', 'what it stands on was refused');
    const conflicts = (await known.mutation.run(tx, args, { actor, district, at: told.at })) ?? null;
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
