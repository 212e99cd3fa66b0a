import { Fault, type FaultKind } from '#shared/errors.ts';
import { type Command, LIMITS, type Outcome } from '#shared/protocol/messages.ts';
import type { Centre } from './centre.ts';
import type { LocalCopy } from './local-copy.ts';
import type { OutboxRow } from './ports.ts';

/** Refusals of a whole push for what stands in it. */
const ABOUT_CONTENT: readonly FaultKind[] = ['badMessage', 'forbiddenKey', 'bodyTooLarge'];

const encoder = new TextEncoder();

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
  readonly decided: (outcome: Outcome) => void;
}

/** Sends what waits, in order, and takes what the centre decided. Resolves when nothing waits; refuses when the line failed. */
export async function pushAll(
  { centre, copy, device, actor, decided }: Sender,
  epoch: string,
  signal: AbortSignal,
): Promise<void> {
  let most = Number.POSITIVE_INFINITY;
  while (!signal.aborted) {
    const batch = batchOf(copy.waiting().slice(0, most), actor);
    if (batch.length === 0) return;
    try {
      const outcomes = await centre.push(device, epoch, batch);
      if (outcomes.length === 0) throw new Fault('truncatedStream', 'nothing was decided', { sent: batch.length });
      await copy.decide(outcomes);
      outcomes.forEach(decided);
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
