import { Fault } from '#shared/errors.ts';
import { type Page, readPage } from '#shared/protocol/page.ts';
import { gunzip } from '../store/gzip.ts';
import type { WireAnswer } from './ports.ts';

/** A page with the bytes it was read from. */
export interface PulledPage extends Page {
  /** As they came: plain or gzip. */
  readonly packed?: Uint8Array<ArrayBuffer>;
}

const PACKED = 'application/x-ndjson+gzip';

/** Asked for with `enc=gzip` a page comes packed, and is kept so; a centre that does not know this answers plainly. */
export async function readPulled(answer: WireAnswer, decode: (bytes: Uint8Array) => string): Promise<PulledPage> {
  const bytes = new Uint8Array(answer.bytes);
  if (!answer.contentType.startsWith(PACKED)) return { ...readPage(answer.contentType, bytes, decode), packed: bytes };
  if (!answer.complete) throw new Fault('truncatedStream', 'the page was cut off');
  return { ...readPage('application/x-ndjson', await gunzip(bytes), decode), packed: bytes };
}
