import { type Page, readPage } from '#shared/protocol/page.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { pull } from '../../server/sync/pull.ts';

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

export const pageOf = (text: string): Page => readPage('application/x-ndjson', new TextEncoder().encode(text), decode);

/** One page, read as a workstation reads it. */
export const pullPage = async (
  centre: Centre,
  session: Session,
  stream: string,
  { seq = 0, mark = '' }: { readonly seq?: number; readonly mark?: string } = {},
  limit?: number,
): Promise<Page> =>
  pageOf(
    await pull(centre, session, { stream, seq: String(seq), mark, ...(limit === undefined ? {} : { limit: String(limit) }) }),
  );

/** The whole stream from the beginning, page by page. */
export async function pullAll(centre: Centre, session: Session, stream: string, limit?: number): Promise<Page[]> {
  const pages = [await pullPage(centre, session, stream, {}, limit)];
  for (let last = pages.at(-1); last?.more; last = pages.at(-1)) pages.push(await pullPage(centre, session, stream, last, limit));
  return pages;
}
