/**
 * The local copy is always: the centre's rows with my pending mutations run on top, in order.
 *
 * Invariants
 * 1. A row that a pending mutation changed has a shadow, which is the centre's version; no other row has one.
 * 2. A mutation that is refused on top of newer rows leaves no trace in the copy; it stays pending until the centre decides it.
 * 3. What is computed here is written in one transaction together with the cursor of the page it came from.
 */
import { Fault } from '#shared/errors.ts';
import { type Actor, argsOfToday } from '#shared/schema/mutation.ts';
import type { AnyRow, Table } from '#shared/schema/table.ts';
import { mutationOfName, tableOfName } from '#shared/tables/index.ts';
import { keyOf, OverlayTx, type Standing, type Write } from './overlay-tx.ts';
import type { CacheChanges, CacheStore, CursorRow, OutboxRow, Shadow } from './ports.ts';

/** A shadow with what stands on top of it in the copy; `top` undefined when that is not known (after a start). */
export interface Covered extends Shadow {
  readonly top: Standing | undefined;
}

export type Shadows = ReadonlyMap<string, Covered>;

/** A row as the centre now has it; null where it is gone. */
export interface ServerChange {
  readonly table: Table;
  readonly id: string;
  readonly row: Standing;
}

export interface Rebased {
  readonly changes: CacheChanges;
  readonly shadows: Shadows;
  /** Pending mutations that no longer apply here. */
  readonly stuck: ReadonlySet<string>;
}

/** Runs one mutation over `below`; the writes, or the refusal. */
export async function runOver(
  below: (table: Table, id: string) => Promise<Standing>,
  row: Pick<OutboxRow, 'name' | 'v' | 'district' | 'at' | 'args'>,
  actor: Actor,
): Promise<OverlayTx> {
  const known = mutationOfName.get(row.name);
  if (!known) throw new Fault('unknownMutation', 'this version does not know the mutation', { name: row.name });
  const args = argsOfToday(known.mutation, row.v, row.args);
  if (!args) throw new Fault('unknownMutation', 'this version does not know the mutation', { name: row.name, v: row.v });
  const tx = new OverlayTx(below);
  await known.mutation.run(tx, args, { actor, district: row.district, at: row.at });
  return tx;
}

/** Puts the centre's changes under the pending mutations and runs those again. */
export async function rebase(
  cache: CacheStore,
  shadows: Shadows,
  server: readonly ServerChange[],
  pending: readonly OutboxRow[],
  actor: Actor,
  cursor?: CursorRow,
): Promise<Rebased> {
  const base = new Map<string, Write>();
  for (const shadow of shadows.values()) {
    const table = tableOfName.get(shadow.table);
    if (table) base.set(keyOf(shadow.table, shadow.id), { table, id: shadow.id, row: shadow.row });
  }
  for (const change of server) base.set(keyOf(change.table.name, change.id), change);

  const { top, stuck } = await replay(cache, base, pending, actor);
  const below = await serverVersions(cache, base, top);
  const nextShadows = new Map<string, Covered>();
  for (const [key, write] of top)
    nextShadows.set(key, { table: write.table.name, id: write.id, row: below.get(key) ?? null, top: write.row });

  // A row that already stands in the copy as it should is not written again: with many pending mutations that is nearly all.
  const final = [...new Map([...base, ...top])].filter(([key, { row }]) => !sameRow(shadows.get(key)?.top, row));
  const changes: CacheChanges = {
    ...split(final.map(([, write]) => write)),
    shadowPuts: [...nextShadows]
      .filter(([key, { row }]) => !sameRow(shadows.get(key)?.row, row))
      .map(([, shadow]) => bare(shadow)),
    shadowRemoves: [...shadows].filter(([key]) => !nextShadows.has(key)).map(([, shadow]) => bare(shadow)),
    ...(cursor === undefined ? {} : { cursor }),
  };
  return { changes, shadows: nextShadows, stuck };
}

const bare = ({ table, id, row }: Covered): Shadow => ({ table, id, row });

/** Rows of one table have their columns in one order, so their text tells. */
const sameRow = (a: Standing | undefined, b: Standing): boolean =>
  a === b || (a !== undefined && JSON.stringify(a) === JSON.stringify(b));

async function replay(
  cache: CacheStore,
  base: ReadonlyMap<string, Write>,
  pending: readonly OutboxRow[],
  actor: Actor,
): Promise<{ top: Map<string, Write>; stuck: Set<string> }> {
  const top = new Map<string, Write>();
  const stuck = new Set<string>();
  const read = async (table: Table, id: string): Promise<Standing> => {
    const key = keyOf(table.name, id);
    const held = top.get(key) ?? base.get(key);
    return held ? held.row : ((await cache.get(table.name, id)) ?? null);
  };
  for (const row of pending) {
    try {
      const tx = await runOver(read, row, actor);
      for (const [key, write] of tx.writes) top.set(key, write);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      stuck.add(row.mid);
    }
  }
  return { top, stuck };
}

/** The centre's version of every row that a pending mutation wrote. */
async function serverVersions(
  cache: CacheStore,
  base: ReadonlyMap<string, Write>,
  top: ReadonlyMap<string, Write>,
): Promise<Map<string, Standing>> {
  const versions = new Map<string, Standing>();
  for (const [key, { table, id }] of top) {
    const held = base.get(key);
    versions.set(key, held ? held.row : ((await cache.get(table.name, id)) ?? null));
  }
  return versions;
}

/** Puts and removes, by table. */
export function split(writes: Iterable<Write>): Pick<CacheChanges, 'puts' | 'removes'> {
  const puts = new Map<string, AnyRow[]>();
  const removes = new Map<string, string[]>();
  for (const { table, id, row } of writes) {
    if (row === null) listOf(removes, table.name).push(id);
    else listOf(puts, table.name).push(row);
  }
  return { puts, removes };
}

function listOf<T>(lists: Map<string, T[]>, name: string): T[] {
  const list = lists.get(name) ?? [];
  if (list.length === 0) lists.set(name, list);
  return list;
}
