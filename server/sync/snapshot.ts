import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import type { Segment, SnapshotAnswer } from '#shared/protocol/messages.ts';
import type { KeptSegment } from '../store/centre-store.ts';
import type { Centre, Session } from './centre.ts';
import { mustBeGranted } from './pull.ts';
import { isStorable } from './storable.ts';

const query = z.object({ stream: z.string().min(1).max(80).refine(isStorable) });

/** How many rows of each kind a first load of the stream will bring, and what of them is ready-made. `asked` is the query string, unchecked. */
export async function snapshot(centre: Centre, session: Session, asked: unknown): Promise<SnapshotAnswer> {
  const read = query.safeParse(asked);
  if (!read.success) throw new Fault('badMessage', 'no stream is named');
  const { stream } = read.data;
  const found = await centre.store.read(async (moment) => {
    await mustBeGranted(moment, session, stream, centre.now());
    const [{ seq }, rows] = [await moment.head(stream), await moment.counts(stream)];
    return { seq, rows: [...rows], segments: await moment.segments(stream) };
  }, session.districtId);
  return { ...found, epoch: centre.store.epoch, stream, segments: await ifAllAreHere(centre, found.segments) };
}

/**
 * Without the bytes of one of them none is offered: whoever leaves out the rows of segments up to a number must have them all.
 * The next packing makes anew what is missing.
 */
async function ifAllAreHere({ segments }: Centre, kept: readonly KeptSegment[]): Promise<Segment[]> {
  const here = await Promise.all(kept.map(({ sha256 }) => segments.has(sha256)));
  return here.every(Boolean) ? kept.map(({ madeAt: _madeAt, ...segment }) => segment) : [];
}
