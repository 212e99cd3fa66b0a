import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import type { SnapshotAnswer } from '#shared/protocol/messages.ts';
import type { Centre, Session } from './centre.ts';
import { mustBeGranted } from './pull.ts';
import { isStorable } from './storable.ts';

const query = z.object({ stream: z.string().min(1).max(80).refine(isStorable) });

/** How many rows of each kind a first load of the stream will bring. `asked` is the query string, unchecked. */
export async function snapshot(centre: Centre, session: Session, asked: unknown): Promise<SnapshotAnswer> {
  const read = query.safeParse(asked);
  if (!read.success) throw new Fault('badMessage', 'no stream is named');
  const { stream } = read.data;
  return centre.store.read(async (moment) => {
    await mustBeGranted(moment, session, stream, centre.now());
    const [{ seq }, counts] = [await moment.head(stream), await moment.counts(stream)];
    return { epoch: centre.store.epoch, stream, seq, rows: [...counts], segments: [] };
  }, session.districtId);
}
