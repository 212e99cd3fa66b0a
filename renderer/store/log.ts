/**
 * The log on disk: sealed records in the order of a rising number. One writer; every method is one transaction.
 * A number is used up even when its transaction failed: one that was given up as silent may still be committed.
 */
import type { CursorRow } from '../sync/ports.ts';
import { ahead } from './ahead.ts';
import type { BytesSeal } from './bytes-seal.ts';
import { type BasePart, merged, type RecordHead } from './compaction.ts';
import type { CacheDatabase, LogRecord, TakenSegment } from './databases.ts';
import { openRecord, packLines, sealRecord } from './record.ts';
import { watched } from './watched.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Writing a whole district on a slow office disk takes seconds; silence beyond this is no longer work. */
const LONG_MS = 60_000;
const AHEAD = 4;

export interface Step {
  /** Undefined: nothing is said about rows. */
  readonly content: Bytes | undefined;
  readonly streams: readonly string[];
  readonly rows: number;
  readonly cursor: CursorRow | undefined;
  readonly segment: TakenSegment | undefined;
  /** The segment stays packed. */
  readonly packed: Bytes | undefined;
}

export class Log {
  readonly #db: CacheDatabase;
  readonly #seal: BytesSeal;
  #heads: RecordHead[] = [];
  #last = 0;
  /** Moves when records other than the newest changed, so that work prepared meanwhile is thrown away. */
  #version = 0;

  constructor(db: CacheDatabase, seal: BytesSeal) {
    this.#db = db;
    this.#seal = seal;
  }

  /** In the order in which they are read. */
  get heads(): readonly RecordHead[] {
    return this.#heads;
  }

  get version(): number {
    return this.#version;
  }

  /** Hands every record to `take`, oldest word first; those that cannot be opened are answered. */
  async read(take: (text: string) => void): Promise<readonly RecordHead[]> {
    const records = (await watched(() => this.#db.rec.toArray(), LONG_MS)).toSorted(inOrder);
    this.#heads = records.map(headOf);
    this.#last = Math.max(0, ...records.map(({ no }) => no));
    const broken: RecordHead[] = [];
    const texts = ahead(records, AHEAD, (record) => openRecord(this.#seal, record).catch(() => undefined));
    let place = 0;
    for await (const text of texts) {
      const head = this.#heads[place++] as RecordHead;
      if (text === undefined) broken.push(head);
      else take(text);
    }
    return broken;
  }

  async append({ content, streams, rows, cursor, segment, packed }: Step): Promise<void> {
    const db = this.#db;
    const head: RecordHead = { no: (this.#last += 1), base: false, streams, rows };
    const record = content && (await sealRecord(this.#seal, head, content));
    const sealed = segment && packed && { sha256: segment.sha256, sealed: await this.#seal.seal(packed, segment.sha256) };
    await watched(
      () =>
        db.transaction('rw', [db.rec, db.pack, db.segment, db.cursor], async () => {
          if (record) await db.rec.put(record);
          if (sealed) await db.pack.put(sealed);
          if (segment) await db.segment.put(segment);
          if (cursor) await db.cursor.put(cursor);
        }),
      LONG_MS,
    );
    if (record) this.#heads = [...this.#heads, head];
  }

  /**
   * No line of these streams, their segments and cursors are left; `prune` answers the lines of a mixed
   * record that stay.
   * `broken` go whole.
   */
  async drop(
    streams: readonly string[],
    segments: readonly TakenSegment[],
    broken: readonly number[],
    prune: (text: string) => string[],
  ): Promise<void> {
    const { rec, pack, segment, cursor } = this.#db;
    const touched = this.#heads.filter(
      ({ no, streams: own }) => broken.includes(no) || own.some((one) => one === '' || streams.includes(one)),
    );
    const mixed = touched.filter(({ no, streams: own }) => !broken.includes(no) && own.some((one) => !streams.includes(one)));
    const rewritten: LogRecord[] = [];
    for (const head of mixed) {
      const lines = prune((await this.#texts([head])).join('\n'));
      const left = { ...head, streams: head.streams.filter((one) => !streams.includes(one)), rows: lines.length };
      rewritten.push(await sealRecord(this.#seal, left, packLines(lines)));
    }
    await watched(
      () =>
        this.#db.transaction('rw', [rec, pack, segment, cursor], async () => {
          await rec.bulkDelete(touched.map(({ no }) => no));
          await rec.bulkPut(rewritten);
          await segment.bulkDelete(segments.map(({ stream, sha256 }): [string, string] => [stream, sha256]));
          await pack.bulkDelete(segments.map(({ sha256 }) => sha256));
          await cursor.bulkDelete([...streams]);
        }),
      LONG_MS,
    );
    this.#replace(touched, rewritten.map(headOf));
  }

  /** Segments whose rows are not to be kept any more. */
  async forget(segments: readonly TakenSegment[]): Promise<void> {
    const { pack, segment } = this.#db;
    await watched(() =>
      this.#db.transaction('rw', [pack, segment], async () => {
        await segment.bulkDelete(segments.map(({ stream, sha256 }): [string, string] => [stream, sha256]));
        await pack.bulkDelete(segments.map(({ sha256 }) => sha256));
      }),
    );
  }

  /** Records that follow each other, as one in the place of the last. */
  async mergedOf(run: readonly RecordHead[]): Promise<LogRecord> {
    const lines = merged(await this.#texts(run));
    const streams = [...new Set(run.flatMap((head) => head.streams))];
    const { no } = run.at(-1) as RecordHead;
    return sealRecord(this.#seal, { no, base: false, streams, rows: lines.length }, packLines(lines));
  }

  async baseRecords(parts: readonly BasePart[]): Promise<readonly LogRecord[]> {
    const records: LogRecord[] = [];
    for (const { streams, lines } of parts) {
      const head = { no: (this.#last += 1), base: true, streams, rows: lines.length };
      records.push(await sealRecord(this.#seal, head, packLines(lines)));
    }
    return records;
  }

  async replaceRun(run: readonly RecordHead[], record: LogRecord): Promise<void> {
    const { rec } = this.#db;
    await watched(
      () =>
        this.#db.transaction('rw', [rec], async () => {
          await rec.bulkDelete(run.map(({ no }) => no));
          await rec.put(record);
        }),
      LONG_MS,
    );
    this.#replace(run, [headOf(record)]);
  }

  /** Everything up to these records goes, also what was given up as silent and committed all the same. */
  async replaceAll(old: readonly RecordHead[], base: readonly LogRecord[]): Promise<void> {
    const { rec } = this.#db;
    const upTo = Math.max(...old.map(({ no }) => no));
    await watched(
      () =>
        this.#db.transaction('rw', [rec], async () => {
          await rec.where('no').belowOrEqual(upTo).delete();
          await rec.bulkPut([...base]);
        }),
      LONG_MS,
    );
    this.#replace(old, base.map(headOf));
  }

  async #texts(heads: readonly RecordHead[]): Promise<string[]> {
    const found = await watched(() => this.#db.rec.bulkGet(heads.map(({ no }) => no)), LONG_MS);
    return Promise.all(found.flatMap((record) => (record ? [openRecord(this.#seal, record)] : [])));
  }

  #replace(old: readonly RecordHead[], heads: readonly RecordHead[]): void {
    this.#heads = [...this.#heads.filter((head) => !old.includes(head)), ...heads].toSorted(inOrder);
    this.#version += 1;
  }
}

const headOf = ({ no, base, streams, rows }: LogRecord): RecordHead => ({ no, base, streams, rows });
const inOrder = (a: RecordHead, b: RecordHead): number => Number(b.base) - Number(a.base) || a.no - b.no;
