/**
 * Digests of the rows of a stream, by which a copy and the centre are compared without sending rows. Each row falls into a bucket
 * by its table and id; a bucket's digest is the XOR of the digests of its rows, so that their order says nothing.
 */
import { crc32 } from './crc32.ts';
import { LIMITS } from './messages.ts';

/** A value as text in which the order of keys says nothing: JSON columns come back from a database in another one. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
}

export interface DigestedRow {
  readonly kind: number;
  readonly id: string;
  /** Columns, without id and district. */
  readonly columns: Readonly<Record<string, unknown>>;
}

const hex = (n: number): string => n.toString(16).padStart(8, '0');

/** 64 bits per row from two sums over different texts: enough against chance; against malice there is the audit chain. */
export class Digests {
  readonly #high = new Uint32Array(LIMITS.digestBuckets);
  readonly #low = new Uint32Array(LIMITS.digestBuckets);
  readonly #encode: (text: string) => Uint8Array;

  constructor(encode: (text: string) => Uint8Array) {
    this.#encode = encode;
  }

  add({ kind, id, columns }: DigestedRow): void {
    const name = `${kind}/${id}`;
    const bucket = crc32(this.#encode(name)) % LIMITS.digestBuckets;
    // A column without a value is as good as none: whoever is older does not know it.
    const said = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null && value !== undefined));
    const text = this.#encode(`${name}\n${JSON.stringify(canonical(said))}`);
    const first = crc32(text);
    this.#high[bucket] = (this.#high[bucket] ?? 0) ^ first;
    this.#low[bucket] = (this.#low[bucket] ?? 0) ^ crc32(text, first ^ 0x5bd1e995);
  }

  /** 16 hexadecimal digits per bucket. */
  texts(): string[] {
    return Array.from(this.#high, (high, bucket) => hex(high) + hex(this.#low[bucket] ?? 0));
  }
}
