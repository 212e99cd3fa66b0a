import type { FaultDetail, FaultKind } from '#shared/errors.ts';
import type { Clock } from './ports.ts';

/** What happened between this workstation and the centre, in the order it happened; no content of the work, no name of a person. */
export type TraceEvent =
  | { readonly what: 'greeted'; readonly streams: number; readonly epoch: string }
  | { readonly what: 'sent'; readonly applied: number; readonly merged: number; readonly rejected: number }
  | { readonly what: 'brought'; readonly stream: string; readonly rows: number; readonly seq: number }
  | {
      readonly what: 'dropped';
      readonly stream: string;
      readonly why: 'withdrawn' | 'replaced' | 'lapsed' | 'differs' | 'damaged';
    }
  | { readonly what: 'offeredAgain'; readonly mutations: number }
  | { readonly what: 'filled'; readonly stream: string; readonly kinds: readonly number[] }
  | { readonly what: 'checked'; readonly stream: string; readonly differ: number }
  | { readonly what: 'failed'; readonly kind: FaultKind; readonly detail: FaultDetail; readonly againInMs: number }
  | { readonly what: 'listening' | 'offline' | 'heldBack' | 'wiped' };

export type TraceLine = TraceEvent & { readonly at: number };

const KEEP = 500;

export interface Trace {
  note(event: TraceEvent): void;
  /** Oldest first. */
  lines(): readonly TraceLine[];
}

export function traceOf(clock: Pick<Clock, 'now'>): Trace {
  let lines: TraceLine[] = [];
  return {
    note(event) {
      lines = [...lines.slice(-KEEP + 1), { ...event, at: clock.now() }];
    },
    lines: () => lines,
  };
}
