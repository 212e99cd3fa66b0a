/**
 * Makes the rows of a stream ready for first loads (docs/sync.md, segments).
 *
 * Invariants
 * 1. The bytes of a segment are on disk before its line is in the database.
 * 2. A row that changes while it is packed does not stand in the segment: its number is compared when it is marked.
 * 3. A segment lives 90 days at most, and not on once less than half of it is still true, or once its bytes are gone.
 */
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LIMITS } from '#shared/protocol/messages.ts';
import { CITY } from '#shared/schema/stream.ts';
import { isCold, type Table } from '#shared/schema/table.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { CentreStore, FeedLine, KeptSegment, Snapshot } from '../store/centre-store.ts';
import { lineText } from '../sync/line.ts';
import { groups, type Packable } from './grouping.ts';
import type { SegmentFiles } from './segment-files.ts';

const DAY_MS = 24 * 3600_000;
export const SEGMENT_LIVES_MS = 90 * DAY_MS;

const compress = promisify(gzip);

interface Packer {
  readonly store: CentreStore;
  readonly segments: SegmentFiles;
}

/**
 * Packs every stream that many people load: those of districts and of the city. Answers how many segments were made; stops
 * after a stream when told to.
 */
export async function packAll(packer: Packer, now: number, stop?: AbortSignal): Promise<number> {
  const { store, segments } = packer;
  const streams = [...(await store.read((moment) => moment.heads(), CITY)).keys()].filter((stream) => !stream.startsWith('u:'));
  let made = 0;
  for (const stream of streams) if (!stop?.aborted) made += await packStream(packer, stream, now);
  const living = await store.read((moment) => Promise.all(streams.map((stream) => moment.segments(stream))), CITY);
  await segments.keepOnly(new Set(living.flat().map(({ sha256 }) => sha256)));
  return made;
}

async function packStream({ store, segments }: Packer, stream: string, now: number): Promise<number> {
  for (const no of await worn(store, segments, stream, now)) await store.dissolve(stream, no, now);
  const rows = await store.read((moment) => unpacked(moment, stream, now), CITY);
  const made = groups(rows);
  for (const group of made) {
    const bytes = await compress(group.map(({ line }) => `${line}\n`).join(''), { level: 9 });
    const sha256 = hash('sha256', bytes, 'hex');
    await segments.put(sha256, bytes);
    await store.pack({ stream, rows: group, about: { ...aboutOf(group), sha256, bytes: bytes.length, madeAt: now } });
  }
  return made.length;
}

function aboutOf(group: readonly Packable[]): Pick<KeptSegment, 'rows' | 'cold' | 'newestAt' | 'kinds'> {
  const cold = group[0]?.cold ?? false;
  const newestAt = cold ? group.reduce((newest, { at }) => Math.max(newest, at ?? 0), 0) : null;
  const kinds = [...new Set(group.map(({ kind }) => kind))];
  return { rows: group.length, cold, newestAt, kinds };
}

/** Segments that are to be packed anew. */
async function worn(store: CentreStore, segments: SegmentFiles, stream: string, now: number): Promise<readonly number[]> {
  const { living, standing } = await store.read(
    async (moment) => ({ living: await moment.segments(stream), standing: await moment.standing(stream) }),
    CITY,
  );
  const numbers: number[] = [];
  for (const { no, rows, madeAt, sha256 } of living) {
    const halfGone = 2 * (standing.get(no) ?? 0) < rows;
    if (halfGone || madeAt < now - SEGMENT_LIVES_MS || !(await segments.has(sha256))) numbers.push(no);
  }
  return numbers;
}

/** The rows that stand in no segment, as pages of a first load would bring them. */
async function unpacked(moment: Snapshot, stream: string, now: number): Promise<readonly Packable[]> {
  const rows: Packable[] = [];
  const wanted = { packed: Number.MAX_SAFE_INTEGER };
  for (let after = 0, more = true; more; ) {
    const lines = await moment.feed(stream, after, LIMITS.pageRows, wanted);
    rows.push(...lines.flatMap((line) => packable(line, now)));
    after = lines.at(-1)?.seq ?? after;
    more = lines.length === LIMITS.pageRows;
  }
  return rows;
}

function packable(line: FeedLine, now: number): Packable[] {
  const { kind, id, seq, content } = line;
  const table = tableOfKind.get(kind);
  if (!content || !table) return [];
  return [{ kind, id, seq, line: lineText(line), ...ageOf(table, line.district, id, content.json, now) }];
}

/** Only tables with history are read for their date. */
function ageOf(table: Table, districtId: string, id: string, json: string, now: number): Pick<Packable, 'cold' | 'at'> {
  if (!table.cold) return { cold: false, at: null };
  const row = { ...(JSON.parse(json) as Record<string, unknown>), id, districtId };
  return { cold: isCold(table, row, now), at: Number((row as Record<string, unknown>)[table.cold.at]) };
}
