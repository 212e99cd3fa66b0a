/**
 * Packed history: rows in a final state that are kept as the segments they came in, and unpacked by the first who may need them.
 * Anything in memory is newer than what is packed.
 */
import { Fault } from '#shared/errors.ts';
import { type AnyRow, isForgotten, type Table } from '#shared/schema/table.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { Where } from '../sync/ports.ts';
import type { BytesSeal } from './bytes-seal.ts';
import type { CacheDatabase, TakenSegment } from './databases.ts';
import { linesIn, readLine } from './lines.ts';
import { indexFor, type Memory } from './memory.ts';
import { unpack } from './record.ts';
import { rowFrom } from './row-from.ts';
import { watched } from './watched.ts';

const LONG_MS = 60_000;

interface Packed {
  readonly table: Table;
  readonly row: AnyRow;
}

export interface History {
  add(pack: TakenSegment): void;
  /** Of one stream. */
  drop(stream: string): readonly TakenSegment[];
  /** Packs in which nothing is to be kept at `now`; they and their rows are forgotten. */
  forget(now: number): readonly TakenSegment[];
  /** Was this row unpacked, and is it still kept packed? */
  holds(row: AnyRow): boolean;
  any(): boolean;
  /** Unpacks what a read may find there. */
  unpackFor(table: Table, asked?: Where): Promise<void>;
  /** Rows of a stream that are still packed. */
  rows(stream: string): AsyncGenerator<readonly Packed[]>;
}

/** `lost`: a pack that cannot be opened. */
export function history(
  db: CacheDatabase,
  seal: BytesSeal,
  memory: Memory,
  taken: readonly TakenSegment[],
  lost: (pack: TakenSegment) => void,
): History {
  const packs = new Map(taken.map((pack) => [pack.sha256, pack]));
  const opened = new Map<string, Promise<void>>();
  const unpacked = new WeakSet<AnyRow>();

  async function read(pack: TakenSegment): Promise<readonly Packed[]> {
    try {
      const found = await watched(() => db.pack.get(pack.sha256), LONG_MS);
      if (!found) throw new Fault('storageBroken', 'a pack is not there');
      return rowsIn(await unpack(await seal.open(found.sealed, pack.sha256)));
    } catch {
      lost(pack); // whatever it was, the rows are loaded anew
      return [];
    }
  }

  async function open(pack: TakenSegment): Promise<void> {
    const rows = await read(pack);
    if (!packs.has(pack.sha256)) return;
    for (const [table, list] of Map.groupBy(rows, (one) => one.table)) {
      const below = list.map(({ row }) => row).filter(({ id }) => !memory.knows(table.name, id));
      for (const row of below) unpacked.add(row);
      memory.put(table.name, below);
    }
  }

  function take(left: readonly TakenSegment[]): readonly TakenSegment[] {
    for (const { sha256 } of left) {
      packs.delete(sha256);
      opened.delete(sha256);
    }
    return left;
  }

  return {
    add: (pack) => void packs.set(pack.sha256, pack),
    drop: (stream) => take([...packs.values()].filter((pack) => pack.stream === stream)),
    forget(now) {
      const old = take([...packs.values()].filter((pack) => isOld(pack, now)));
      for (const table of tablesOf(old)) {
        const rows = memory.all(table.name).filter((row) => unpacked.has(row) && isForgotten(table, row, now));
        memory.forget(
          table.name,
          rows.map(({ id }) => id),
        );
      }
      return old;
    },
    holds: (row) => unpacked.has(row),
    any: () => packs.size > 0,
    async unpackFor(table, asked) {
      const wanted = [...packs.values()].filter((pack) => pack.kinds.includes(table.kind) && mayHold(table, pack, asked));
      await Promise.all(
        wanted.map((pack) => {
          const opening = opened.get(pack.sha256) ?? open(pack);
          opened.set(pack.sha256, opening);
          return opening;
        }),
      );
    },
    async *rows(stream) {
      for (const pack of packs.values())
        if (pack.stream === stream && !opened.has(pack.sha256))
          yield (await read(pack)).filter(({ table, row }) => !memory.knows(table.name, row.id));
    },
  };
}

function rowsIn(text: string): Packed[] {
  const rows: Packed[] = [];
  for (const one of linesIn(text)) {
    const line = readLine(one);
    const table = tableOfKind.get(line.k);
    if (table && line.r) rows.push({ table, row: rowFrom(table, line.id, line.d, line.r) });
  }
  return rows;
}

const tablesOf = (packs: readonly TakenSegment[]): Table[] =>
  [...new Set(packs.flatMap(({ kinds }) => kinds))].flatMap((kind) => tableOfKind.get(kind) ?? []);

const isOld = (pack: TakenSegment, now: number): boolean =>
  pack.newestAt !== null &&
  pack.kinds.every((kind) => {
    const cold = tableOfKind.get(kind)?.cold;
    return cold !== undefined && (pack.newestAt ?? now) < now - cold.keepDays * 24 * 3600_000;
  });

/** May the read find rows of the pack? */
function mayHold(table: Table, { newestAt }: TakenSegment, asked: Where | undefined): boolean {
  const { cold } = table;
  if (!cold) return false;
  const state = asked?.equal['state'];
  if (state !== undefined && !cold.states.includes(String(state))) return false;
  const from = asked?.range?.from;
  if (!asked || from === undefined || newestAt === null) return true;
  const ranged = indexFor(table, asked)[Object.keys(asked.equal).length];
  return ranged !== cold.at || Number(from) <= newestAt;
}
