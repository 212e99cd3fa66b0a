import { Digests } from '#shared/protocol/digest.ts';
import { type DigestAnswer, digestRequest, LIMITS } from '#shared/protocol/messages.ts';
import { isForgotten } from '#shared/schema/table.ts';
import { tableOfKind } from '#shared/tables/index.ts';
import type { Snapshot } from '../store/centre-store.ts';
import type { Centre, Session } from './centre.ts';
import { checkCursor } from './cursor-check.ts';
import { mustBeGranted } from './pull.ts';
import { readRequest } from './request.ts';

/** Compares a copy with the centre: the numbers of the buckets that differ, or `behind` where the stream has moved on. */
export async function compareDigests(centre: Centre, session: Session, body: string): Promise<DigestAnswer> {
  const { stream, seq, mark, forgottenAt, digests } = readRequest(digestRequest, body);
  const ours = await centre.store.read(async (moment) => {
    await mustBeGranted(moment, session, stream, centre.now());
    const head = await checkCursor(moment, { stream, seq, mark });
    return head.seq === seq ? digestsOf(moment, stream, forgottenAt) : undefined;
  }, session.districtId);
  const differ = (ours ?? digests).flatMap((digest, bucket) => (digest === digests[bucket] ? [] : [bucket]));
  return { epoch: centre.store.epoch, stream, behind: ours === undefined, differ };
}

async function digestsOf(moment: Snapshot, stream: string, forgottenAt: number): Promise<readonly string[]> {
  const digests = new Digests((text) => Buffer.from(text));
  for (let after = 0, more = true; more; ) {
    const lines = await moment.feed(stream, after, LIMITS.pageRows);
    for (const { kind, id, district, content } of lines) {
      if (!content) continue;
      const columns = JSON.parse(content.json) as Record<string, unknown>;
      const table = tableOfKind.get(kind);
      if (table && isForgotten(table, { ...columns, id, districtId: district }, forgottenAt)) continue;
      digests.add({ kind, id, columns });
    }
    after = lines.at(-1)?.seq ?? after;
    more = lines.length === LIMITS.pageRows;
  }
  return digests.texts();
}
