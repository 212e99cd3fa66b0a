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

/** The mutation a line tells of, waiting; throws on a line that tells none. */
export function rowOf(text: string): OutboxRow {
  const said = entry.parse(JSON.parse(text));
  return { ...said, state: 'waiting', streams: [districtStream(said.district)] };
}
