import * as z from 'zod';
import { districtStream } from '#shared/schema/stream.ts';
import type { OutboxRow } from './ports.ts';

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

/** Takes back a line that was written although the mutation was not saved. */
export const voidOf = (mid: string): string => JSON.stringify({ void: mid });

/** The mutation a line tells of, waiting, or the id of one it takes back; throws on a line that tells neither. */
export function readEntry(text: string): OutboxRow | { readonly void: string } {
  const value: unknown = JSON.parse(text);
  const taken = voided.safeParse(value);
  if (taken.success) return taken.data;
  const said = entry.parse(value);
  return { ...said, state: 'waiting', streams: [districtStream(said.district)] };
}
