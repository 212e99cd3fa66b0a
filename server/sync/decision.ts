import type { FaultDetail } from '#shared/errors.ts';
import type { Outcome } from '#shared/protocol/messages.ts';
import type { FieldConflict } from '#shared/schema/mutation.ts';

/** What was decided of one mutation, for good. */
export interface Decision {
  readonly mid: string;
  readonly district: string;
  readonly device: string;
  readonly n: number;
  readonly actor: string;
  readonly name: string;
  readonly v: number;
  /** SHA-256 of what was asked, by which the same id with another content is recognised; 64 hexadecimal digits. */
  readonly payload: string;
  readonly status: Outcome['status'];
  readonly code: string | null;
  readonly detail: FaultDetail | null;
  readonly conflicts: readonly FieldConflict[] | null;
  /** When the officer did it, and when it came here, ms. */
  readonly at: number;
  readonly receivedAt: number;
  /** Streams in which it changed something. */
  readonly streams: readonly string[];
}

/** Kept with the numbers its commit got. */
export interface StoredDecision extends Omit<Decision, 'streams'> {
  readonly heads: Readonly<Record<string, number>>;
}

/** For each stream the decision changed, the number of the commit that contains the change. */
export function stored({ streams, ...decision }: Decision, heads: ReadonlyMap<string, number>): StoredDecision {
  return { ...decision, heads: Object.fromEntries(streams.map((stream) => [stream, heads.get(stream) ?? 0])) };
}

/** The line that answers a mutation. */
export function outcomeLine(epoch: string, decision: StoredDecision, again: boolean): Outcome {
  const { mid, status, code, detail, conflicts, heads } = decision;
  return {
    t: 'outcome',
    epoch,
    mid,
    status,
    again,
    ...(code === null ? {} : { code }),
    ...(detail === null ? {} : { detail: { ...detail } }),
    ...(conflicts === null ? {} : { conflicts: conflicts.map((one) => ({ ...one })) }),
    heads: { ...heads },
  };
}
