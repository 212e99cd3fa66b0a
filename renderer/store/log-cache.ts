/**
 * The copy: a log of sealed records on disk, everything of it in memory, and packed history below.
 *
 * Invariants
 * 1. Memory is what reading all records in order would give: a step is on disk before it shows, and steps take turns.
 * 2. A record that cannot be opened is never passed over in silence: its streams are forgotten, `defect` hears of it, and they are
 *    loaded anew.
 * 3. The log is tidied beside the steps; what a dropped stream made untrue meanwhile is thrown away.
 */
import { Fault } from '#shared/errors.ts';
import { Digests } from '#shared/protocol/digest.ts';
import { fits as rowFits } from '#shared/schema/fits.ts';
import { type AnyRow, isForgotten, type Table } from '#shared/schema/table.ts';
import { tableList, tableOfKind, tableOfName } from '#shared/tables/index.ts';
import type { CacheChanges, CacheStore, Clock, Where } from '../sync/ports.ts';
import { serial } from '../sync/serial.ts';
import type { BytesSeal } from './bytes-seal.ts';
import { baseOf, planOf, type RecordHead } from './compaction.ts';
import type { CacheDatabase, TakenSegment } from './databases.ts';
import { history } from './history.ts';
import { type Line, linesIn, linesOf, readLine, takeRecord } from './lines.ts';
import { Log } from './log.ts';
import { Memory } from './memory.ts';
import { packLines } from './record.ts';
import { rowFrom } from './row-from.ts';
import { shapeOf } from './shape.ts';
import { watched } from './watched.ts';

export interface LogCacheDeps {
  readonly db: CacheDatabase;
  readonly seal: BytesSeal;
  readonly clock: Pick<Clock, 'now'>;
  /** Something that should not happen, for the log. */
  readonly defect: (error: unknown) => void;
  /** History of this stream cannot be opened: it must be forgotten and loaded anew. */
  readonly lost: (stream: string) => void;
}

/** A stretch of work after which others get their turn. */
const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const STRETCH = 500;

type ReadLog = Omit<CacheStore, 'reread'>;

export interface LogCache extends CacheStore {
  /** Resolves when nothing of it writes any more, so that its database may be closed. */
  retire(): Promise<void>;
}

/** The copy as it lies on disk, which may be read anew. */
export async function openLogCache(deps: LogCacheDeps): Promise<LogCache> {
  let at = await readLog(deps);
  return {
    get: (table, id) => at.log.get(table, id),
    many: (table, ids) => at.log.many(table, ids),
    all: (table) => at.log.all(table),
    where: (table, asked) => at.log.where(table, asked),
    count: (table) => at.log.count(table),
    covered: (table, ids) => at.log.covered(table, ids),
    shadows: () => at.log.shadows(),
    cursors: () => at.log.cursors(),
    apply: (changes) => at.log.apply(changes),
    dropStream: (stream) => at.log.dropStream(stream),
    segments: (stream) => at.log.segments(stream),
    stale: () => at.log.stale(),
    filled: (kinds) => at.log.filled(kinds),
    forget: (now) => at.log.forget(now),
    digests: (stream, now) => at.log.digests(stream, now),
    retire: () => at.retire(),
    async reread() {
      await at.retire();
      at = await readLog(deps);
    },
  };
}

/** `retire`: nothing of it writes any more. */
async function readLog({ db, seal, clock, defect, lost }: LogCacheDeps): Promise<{ log: ReadLog; retire: () => Promise<void> }> {
  const memory = new Memory();
  const log = new Log(db, seal);
  const inTurn = serial();
  let tidying: Promise<void> | undefined;
  let retired = false;

  const shapes = await filledShapes(db);
  const staleKinds = (): number[] =>
    tableList.filter((table) => shapes.get(table.kind) !== shapeOf(table)).map(({ kind }) => kind);
  let segments: readonly TakenSegment[] = await watched(() => db.segment.toArray());
  const doubtful = new Set(staleKinds());
  const fits = (table: Table, row: AnyRow): boolean => !doubtful.has(table.kind) || rowFits(table, row);
  const broken = await log.read((text) => takeRecord(memory, text, fits));
  const packs = history(
    db,
    seal,
    memory,
    segments.filter(({ cold }) => cold),
    ({ stream, sha256 }) => {
      defect(new Fault('storageBroken', 'packed history of the copy cannot be opened', { stream, sha256 }));
      lost(stream);
    },
  );
  if (broken.length > 0) {
    const streams = [...new Set(broken.flatMap((record) => record.streams.filter((stream) => stream !== '')))];
    defect(new Fault('storageBroken', 'records of the copy cannot be opened', { records: broken.length, streams }));
    await drop(
      streams,
      broken.map(({ no }) => no),
    );
  }

  async function drop(streams: readonly string[], without: readonly number[] = []): Promise<Map<string, readonly string[]>> {
    const goes = segments.filter(({ stream }) => streams.includes(stream));
    await log.drop(streams, goes, without, (text) => [...linesIn(text)].filter((one) => stays(readLine(one), streams, memory)));
    segments = segments.filter((one) => !goes.includes(one));
    const removed = new Map<string, readonly string[]>();
    for (const stream of streams) {
      for (const table of packs.drop(stream).flatMap(({ kinds }) => kinds.flatMap((kind) => tableOfKind.get(kind) ?? [])))
        removed.set(table.name, removed.get(table.name) ?? []);
      for (const [name, ids] of memory.dropStream(stream)) removed.set(name, [...(removed.get(name) ?? []), ...ids]);
    }
    return removed;
  }

  async function apply(changes: CacheChanges): Promise<void> {
    const { cursor, packed, segment: of } = changes;
    const segment = of && taken(of.stream, of.segment);
    const cold = segment !== undefined && segment.cold && packed !== undefined;
    const lines = packed ? [] : linesOf(changes, goneFrom(changes));
    await log.append({
      content: cold ? undefined : (packed ?? (lines.length > 0 ? await packLines(lines) : undefined)),
      streams: streamsIn(changes),
      rows: packed ? countOf(changes) : lines.length,
      cursor,
      segment: segment && { ...segment, cold },
      packed: cold ? packed : undefined,
    });
    if (segment) segments = [...segments, { ...segment, cold }];
    if (segment && cold) packs.add(segment);
    else show(changes);
    tidying ??= tidy().finally(() => {
      tidying = undefined;
    });
  }

  function show({ puts, removes, shadowPuts, shadowRemoves, cursor }: CacheChanges): void {
    for (const [table, ids] of removes) memory.remove(table, ids, cursor?.stream);
    for (const [table, rows] of puts) memory.put(table, rows);
    for (const shadow of shadowPuts) memory.putShadow(shadow);
    for (const { table, id } of shadowRemoves) memory.dropShadow(table, id);
  }

  const goneFrom =
    ({ cursor }: CacheChanges) =>
    (table: Table, id: string): string => {
      const row = memory.get(table.name, id);
      return cursor?.stream ?? (row ? table.streamOf(row) : '');
    };

  function streamsIn(changes: CacheChanges): string[] {
    const whole = changes.packed && (changes.cursor?.stream ?? changes.segment?.stream);
    if (whole !== undefined) return [whole];
    const goneOf = goneFrom(changes);
    const streams = new Set<string>();
    const note = (name: string, say: (table: Table) => string): void => {
      const table = tableOfName.get(name);
      if (table) streams.add(say(table));
    };
    for (const [name, rows] of changes.puts) for (const row of rows) note(name, (table) => table.streamOf(row));
    for (const [name, ids] of changes.removes) for (const id of ids) note(name, (table) => goneOf(table, id));
    for (const { table: name, row } of changes.shadowPuts) note(name, (table) => (row ? table.streamOf(row) : ''));
    if (changes.shadowRemoves.length > 0) streams.add('');
    return [...streams];
  }

  /** Makes the log shorter where that is worth it. */
  async function tidy(): Promise<void> {
    try {
      await rest();
      const [{ heads, version }, plan] = [log, planOf(log.heads, memory.size())];
      if (plan === 'nothing') return undefined;
      const replace = plan === 'rewrite' ? await rewriting(heads) : await merging(plan.merge);
      await inTurn(async () => {
        if (log.version === version && !retired) await replace();
      });
      return await tidy();
    } catch (error) {
      defect(error); // the log stays as long as it is; the next step tries again
    }
  }

  async function merging(run: readonly RecordHead[]): Promise<() => Promise<void>> {
    const record = await log.mergedOf(run);
    return () => log.replaceRun(run, record);
  }

  async function rewriting(heads: readonly RecordHead[]): Promise<() => Promise<void>> {
    const at = clock.now();
    for (const table of tableList) {
      const old = memory.all(table.name).filter((row) => isForgotten(table, row, at) && !memory.shadow(table.name, row.id));
      memory.remove(
        table.name,
        old.map(({ id }) => id),
      );
    }
    const base = await log.baseRecords(await baseOf(memory, packs, rest));
    return () => log.replaceAll(heads, base);
  }

  async function digests(stream: string, at: number): Promise<readonly string[]> {
    const encoder = new TextEncoder();
    const sum = new Digests((text) => encoder.encode(text));
    const hot = tableList.flatMap((table) =>
      memory.all(table.name).flatMap((row) => {
        const shadow = memory.shadow(table.name, row.id);
        const theirs = shadow ? shadow.row : row;
        return theirs ? [{ table, row: theirs }] : [];
      }),
    );
    const removedHere = memory.shadows().flatMap(({ table: name, id, row }) => {
      const table = tableOfName.get(name);
      return table && row && !memory.get(name, id) ? [{ table, row }] : [];
    });
    let done = 0;
    const add = async (rows: readonly { readonly table: Table; readonly row: AnyRow }[]): Promise<void> => {
      for (const { table, row } of rows) {
        if (table.streamOf(row) !== stream || isForgotten(table, row, at)) continue;
        const { id, districtId: _district, ...columns } = row;
        sum.add({ kind: table.kind, id, columns });
        done += 1;
        if (done % STRETCH === 0) await rest();
      }
    };
    await add([...hot, ...removedHere]);
    for await (const rows of packs.rows(stream)) await add(rows);
    return sum.texts();
  }

  const withHistory = async <T>(name: string, read: () => T, asked?: Where): Promise<T> => {
    const table = tableOfName.get(name);
    if (table?.cold) await packs.unpackFor(table, asked);
    return read();
  };
  const get = async (name: string, id: string): Promise<AnyRow | undefined> =>
    memory.knows(name, id) ? memory.get(name, id) : withHistory(name, () => memory.get(name, id));

  const retire = async (): Promise<void> => {
    retired = true;
    await tidying;
  };
  const readable: ReadLog = {
    get,
    many: (table, ids) => Promise.all(ids.map((id) => get(table, id))),
    all: (table) => withHistory(table, () => memory.all(table)),
    where: (table, asked) => withHistory(table, () => memory.where(table, asked), asked),
    count: (table) => withHistory(table, () => memory.count(table)),
    covered: async (table, ids) => ids.filter((id) => memory.shadow(table, id) !== undefined),
    shadows: async () => memory.shadows(),
    cursors: () => watched(() => db.cursor.toArray()),
    apply: (changes) => inTurn(() => apply(changes)),
    dropStream: (stream) => inTurn(() => drop([stream])),
    segments: async (stream) => segments.filter((one) => one.stream === stream).map(({ sha256 }) => sha256),
    stale: async () => staleKinds(),
    filled: (kinds) =>
      inTurn(async () => {
        const rows = kinds.flatMap((kind) => {
          const table = tableOfKind.get(kind);
          return table ? [{ kind, shape: shapeOf(table) }] : [];
        });
        await watched(() => db.filled.bulkPut(rows));
        for (const { kind, shape } of rows) shapes.set(kind, shape);
      }),
    forget: (at) =>
      inTurn(async () => {
        const old = packs.forget(at);
        if (old.length > 0) await log.forget(old);
        segments = segments.filter((one) => !old.includes(one));
        return [...new Set(old.flatMap(({ kinds }) => kinds.flatMap((kind) => tableOfKind.get(kind)?.name ?? [])))];
      }),
    digests,
  };
  return { log: readable, retire };
}

const taken = (stream: string, { sha256, rows, cold, newestAt, kinds }: Omit<TakenSegment, 'stream'>): TakenSegment => ({
  stream,
  sha256,
  rows,
  cold,
  newestAt,
  kinds,
});

const countOf = ({ puts, removes }: CacheChanges): number =>
  [...puts.values(), ...removes.values()].reduce((sum, { length }) => sum + length, 0);

/** Does a word outlive the streams? That a row is new here is true as long as memory says so. */
function stays(line: Line, streams: readonly string[], memory: Memory): boolean {
  const table = tableOfKind.get(line.k);
  if (table && line.c === null) return memory.shadow(table.name, line.id)?.row === null;
  const stream = streamOfLine(line);
  return stream === '' ? line.x === 'bare' : !streams.includes(stream);
}

function streamOfLine({ k, id, d, r, c, o }: Line): string {
  const table = tableOfKind.get(k);
  const content = r ?? c;
  return content && table ? table.streamOf(rowFrom(table, id, d, content)) : (o ?? '');
}

/** What the rows were taken under; an empty copy is filled by this very program. */
async function filledShapes(db: CacheDatabase): Promise<Map<number, string>> {
  const [there, records, segments] = await watched(() => Promise.all([db.filled.toArray(), db.rec.count(), db.segment.count()]));
  if (records + segments > 0) return new Map(there.map(({ kind, shape }) => [kind, shape]));
  const all = tableList.map((table) => ({ kind: table.kind, shape: shapeOf(table) }));
  await watched(() => db.filled.bulkPut(all));
  return new Map(all.map(({ kind, shape }) => [kind, shape]));
}
