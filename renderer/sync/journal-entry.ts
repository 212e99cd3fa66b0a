import * as z from 'zod';
import { districtStream } from '#shared/schema/stream.ts';
import type { FileRow, OutboxRow } from './ports.ts';

/** One mutation as a line of the journal says it: enough for any later version to send it. */
const entry = z.object({
  n: z.int().min(1),
  mid: z.uuid(),
  name: z.string(),
  v: z.int().min(1),
  district: z.string(),
  at: z.int(),
  offsetMs: z.int(),
  after: z.uuid().nullable(),
  args: z.record(z.string(), z.unknown()),
});

export const entryOf = ({ state: _state, streams: _streams, ...said }: OutboxRow): string => JSON.stringify(said);

const voided = z.strictObject({ void: z.uuid() });

const file = z.strictObject({
  sha256: z.string(),
  blob: z.string(),
  mime: z.string(),
  sizeBytes: z.int(),
  state: z.literal('waiting'),
  addedAt: z.int(),
});
const filed = z.strictObject({ file });

/** Takes back a line that was written although the mutation was not saved. */
export const voidOf = (mid: string): string => JSON.stringify({ void: mid });

/** A file whose bytes the centre does not have. */
export const fileEntryOf = (row: FileRow): string => JSON.stringify({ file: row });

/** What a line tells: a mutation, waiting; the id of one that is taken back; or a file to be sent. Throws on any other line. */
export function readEntry(text: string): OutboxRow | { readonly void: string } | { readonly file: FileRow } {
  const value: unknown = JSON.parse(text);
  const other = z.union([voided, filed]).safeParse(value);
  if (other.success) return other.data;
  const said = entry.parse(value);
  return { ...said, state: 'waiting', streams: [districtStream(said.district)] };
}
