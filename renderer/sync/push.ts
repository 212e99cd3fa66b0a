import { Fault, type FaultKind } from '#shared/errors.ts';
import { type Command, LIMITS, type Outcome } from '#shared/protocol/messages.ts';
import type { Centre } from './centre.ts';
import type { LocalCopy } from './local-copy.ts';
import type { OutboxRow } from './ports.ts';

/** Refusals of a whole push for what stands in it. */
const ABOUT_CONTENT: readonly FaultKind[] = ['badMessage', 'forbiddenKey', 'bodyTooLarge'];

const encoder = new TextEncoder();

/** Mutation → greatest version the centre decides; undefined: it has not said, so it is asked. */
export type Known = ReadonlyMap<string, number> | undefined;

/** What the centre is too old for; it and all behind it wait, because work is decided in the order in which it was done. */
export const heldBack = (waiting: readonly OutboxRow[], known: Known): number => {
  const first = known === undefined ? -1 : waiting.findIndex(({ name, v }) => (known.get(name) ?? 0) < v);
  return first === -1 ? 0 : waiting.length - first;
};

/** The longest beginning of what waits that one push may carry; at least one. */
export function batchOf(waiting: readonly OutboxRow[], actor: string): Command[] {
  const batch: Command[] = [];
  let bytes = 0;
  for (const { state: _state, streams: _streams, ...said } of waiting) {
    const command: Command = { ...said, actor };
    bytes += encoder.encode(JSON.stringify(command)).length;
    if (batch.length > 0 && (bytes > LIMITS.pushBytes || batch.length === LIMITS.pushCommands)) break;
    batch.push(command);
  }
  return batch;
}

interface Sender {
  readonly centre: Centre;
  readonly copy: LocalCopy;
  readonly device: string;
  readonly actor: string;
  readonly known: Known;
  readonly decided: (outcomes: readonly Outcome[]) => void;
}

/** Sends what waits, in order, and takes what the centre decided. Resolves when nothing waits; refuses when the line failed. */
export async function pushAll(
  { centre, copy, device, actor, known, decided }: Sender,
  epoch: string,
  signal: AbortSignal,
): Promise<void> {
  let most = Number.POSITIVE_INFINITY;
  while (!signal.aborted) {
    const waiting = copy.waiting();
    const batch = batchOf(waiting.slice(0, Math.min(most, waiting.length - heldBack(waiting, known))), actor);
    if (batch.length === 0) return;
    try {
      const cursors = copy.cursors().map(({ stream, seq, mark }) => ({ stream, seq, mark }));
      const outcomes = await centre.push({ device, epoch, cursors, acked: copy.lastAcked(), commands: batch });
      if (outcomes.length === 0) throw new Fault('truncatedStream', 'nothing was decided', { sent: batch.length });
      await copy.decide(outcomes);
      decided(outcomes);
    } catch (error) {
      if (!(error instanceof Fault) || !ABOUT_CONTENT.includes(error.kind)) throw error;
      if (batch.length === 1) await copy.decide(batch.map((command) => refusedWhole(command, epoch, error)));
      most = Math.max(1, Math.floor(batch.length / 2));
    }
  }
}

/** A single mutation that the centre will not even read: refused, kept with the reason, so that it blocks nothing behind it. */
const refusedWhole = ({ mid }: Command, epoch: string, { code, detail }: Fault): Outcome => ({
  t: 'outcome',
  epoch,
  mid,
  status: 'rejected',
  again: false,
  code,
  detail: { ...detail },
  heads: {},
});
