/**
 * The audit chain: one line per decided mutation, written in the mutation's own transaction.
 *
 * Invariants
 * 1. Lines of a district are numbered from 1 without gaps, and each hash covers the hash before it:
 *    hash = SHA-256(hash of line no − 1 ‖ canonical JSON of the line). An edited, deleted or inserted line breaks the chain.
 * 2. The tip (number and hash of the last line) is kept apart, so that lines cut off the end are missed too.
 * 3. Arguments stand here only as a digest: the chain holds no personal data beyond who did what to which row.
 */
import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

export interface AuditEntry {
  readonly district: string;
  readonly mid: string;
  readonly actor: string;
  readonly device: string;
  /** `problems.file`, and the row it was about; '' where the mutation could not be read. */
  readonly name: string;
  readonly target: string;
  readonly status: string;
  readonly code: string | null;
  /** When the centre received it, ms. */
  readonly receivedAt: number;
  /** SHA-256 of the canonical JSON of its arguments, 64 hexadecimal digits. */
  readonly argsDigest: string;
}

export interface AuditTip {
  readonly no: number;
  readonly hash: string;
}

export interface AuditLine extends AuditEntry, AuditTip {}

export const EMPTY_TIP: AuditTip = { no: 0, hash: '0'.repeat(64) };

export const digest = (value: unknown): string => hash('sha256', canonicalJson(value), 'hex');

/** The line that follows `tip`. */
export function nextLine(tip: AuditTip, entry: AuditEntry): AuditLine {
  const line = { ...entry, no: tip.no + 1 };
  return { ...line, hash: hash('sha256', tip.hash + canonicalJson(line), 'hex') };
}

/** The number of the first line that is not what was written, or undefined when the chain is whole up to `tip`. */
export async function firstBadLine(
  lines: AsyncIterable<AuditLine> | Iterable<AuditLine>,
  tip: AuditTip,
): Promise<number | undefined> {
  let before = EMPTY_TIP;
  for await (const { hash: written, no, ...entry } of lines) {
    const should = nextLine(before, entry);
    if (no !== should.no || written !== should.hash) return should.no;
    before = should;
  }
  return before.no === tip.no && before.hash === tip.hash ? undefined : Math.min(before.no, tip.no) + 1;
}
