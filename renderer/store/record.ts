/** The content of sealed records: lines as text, gzip where there are many. */
import { gzip, gunzip, isGzip } from './gzip.ts';
import type { BytesSeal } from './bytes-seal.ts';
import type { LogRecord } from './databases.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Below this packing costs more than it spares. */
const WORTH_PACKING = 8 * 1024;

const nameOf = ({ no, base }: Pick<LogRecord, 'no' | 'base'>): string => `${base ? 'base' : 'log'} ${no}`;

export async function packLines(lines: readonly string[]): Promise<Bytes> {
  const bytes = new TextEncoder().encode(lines.join('\n'));
  return bytes.length < WORTH_PACKING ? bytes : gzip(bytes);
}

/** Lines as text. */
export const unpack = async (bytes: Bytes): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true }).decode(isGzip(bytes) ? await gunzip(bytes) : bytes);

export const sealRecord = async (
  seal: BytesSeal,
  record: Omit<LogRecord, 'sealed'>,
  content: Bytes | Promise<Bytes>,
): Promise<LogRecord> => ({ ...record, sealed: await seal.seal(await content, nameOf(record)) });

/** Throws when it was changed, cut off, or stood in another place. */
export const openRecord = async (seal: BytesSeal, record: LogRecord): Promise<string> =>
  unpack(await seal.open(record.sealed, nameOf(record)));
