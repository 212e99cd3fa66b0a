import type { FeedLine } from '../store/centre-store.ts';

/** A row as a line of a page or a segment (shared/protocol/page.ts). */
export function lineText({ kind, id, district, seq, moved, content }: FeedLine): string {
  const at = `{"k":${kind},"id":${JSON.stringify(id)},"d":"${district}","s":${seq}`;
  return content ? `${at},"v":${content.ver},"r":${content.json}}` : `${at},"x":"${moved ? 'moved' : 'gone'}"}`;
}
