import * as z from 'zod';
import { Fault } from '#shared/errors.ts';
import type { Centre, Session } from './centre.ts';
import { mustBeGranted } from './pull.ts';
import { isStorable } from './storable.ts';

const query = z.object({
  stream: z.string().min(1).max(80).refine(isStorable),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The bytes of a segment of the stream. `asked` is query and path, unchecked. */
export async function segmentBytes(centre: Centre, session: Session, asked: unknown): Promise<Uint8Array> {
  const read = query.safeParse(asked);
  if (!read.success) throw new Fault('badMessage', 'no segment is named');
  const { stream, sha256 } = read.data;
  const kept = await centre.store.read(async (moment) => {
    await mustBeGranted(moment, session, stream, centre.now());
    return moment.segments(stream);
  }, session.districtId);
  const bytes = kept.some((segment) => segment.sha256 === sha256) ? await centre.segments.read(sha256) : undefined;
  if (!bytes) throw new Fault('segmentGone', 'the rows are packed anew', { stream });
  return bytes;
}
