import { Fault, type FaultDetail, faultKindOf } from '../errors.ts';

/**
 * The answer of a call as it crosses a process border, where classes of errors are lost.
 * A refusal keeps its wire code; anything that is not a `Fault` is a defect and crosses as `internal` without its text.
 */
export type Envelope =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly kind: string; readonly message: string; readonly detail: FaultDetail };

export function refusal(error: unknown): Envelope {
  const fault = error instanceof Fault ? error : new Fault('internal', 'the desktop met a defect');
  return { ok: false, code: fault.code, kind: fault.kind, message: fault.message, detail: fault.detail };
}

/** The value, or the refusal thrown as the `Fault` it was. */
export function openEnvelope(envelope: unknown): unknown {
  if (typeof envelope !== 'object' || envelope === null || !('ok' in envelope))
    throw new Fault('internal', 'the host gave no answer');
  const answer = envelope as Envelope;
  if (answer.ok) return answer.value;
  throw new Fault(faultKindOf(answer.code) ?? 'internal', answer.message, answer.detail);
}
