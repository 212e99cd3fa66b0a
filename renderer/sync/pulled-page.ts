import { Fault } from '#shared/errors.ts';
import { type Page, readPage } from '#shared/protocol/page.ts';
import { gunzip } from '../store/gzip.ts';
import type { WireAnswer } from './ports.ts';

/** A page with the bytes it was read from. */
export interface PulledPage extends Page {
  /** As they came: plain or gzip. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** It was asked without the rows of segments up to this number. */
  readonly packed?: number;
}

const PACKED = 'application/x-ndjson+gzip';

/** Asked for with `enc=gzip` a page comes packed, and is kept so; a centre that does not know this answers plainly. */
export async function readPulled(
  answer: WireAnswer,
  packed: number | undefined,
  decode: (bytes: Uint8Array) => string,
): Promise<PulledPage> {
  const bytes = new Uint8Array(answer.bytes);
  const asked = packed === undefined ? {} : { packed };
  if (!answer.contentType.startsWith(PACKED)) return { ...readPage(answer.contentType, bytes, decode), bytes, ...asked };
  if (!answer.complete) throw new Fault('truncatedStream', 'the page was cut off');
  return { ...readPage('application/x-ndjson', await gunzip(bytes), decode), bytes, ...asked };
}
