import { personStream } from '#shared/schema/stream.ts';
import type { HelloAnswer } from '#shared/protocol/messages.ts';
import type { LocalCopy } from './local-copy.ts';

/** Streams in the order in which a first load brings them: what everything refers to first. */
export const inLoadOrder = (streams: readonly string[], officerId: string): string[] =>
  [...streams].toSorted((a, b) => rank(a, officerId) - rank(b, officerId) || (a < b ? -1 : 1));

const rank = (stream: string, officerId: string): number => {
  if (stream === personStream(officerId)) return 0;
  return stream === 'city' ? 1 : 2;
};

/** Does what the centre's plans say; answers the streams that are behind. */
export async function followPlans(copy: LocalCopy, answer: HelloAnswer): Promise<string[]> {
  copy.countFrom(answer.lastN);
  const granted = new Map(answer.streams.filter(({ plan }) => plan !== 'drop').map((one) => [one.stream, one]));
  const otherEpoch = copy.cursors().some(({ epoch }) => epoch !== answer.epoch);
  // A restored centre may have lost what it acknowledged; offered again, what it still knows is only confirmed.
  const otherHistory = otherEpoch || answer.streams.some(({ plan }) => plan === 'replace');
  for (const { stream } of copy.cursors()) {
    const plan = granted.get(stream)?.plan;
    if (otherEpoch || plan === undefined || plan === 'replace') await copy.dropStream(stream);
  }
  if (otherHistory) await copy.offerAgain();
  const behind = [...granted.values()].filter(({ stream, head }) => {
    const cursor = copy.cursor(stream);
    const inStep = cursor !== undefined && cursor.inStepAt !== null && cursor.seq >= head;
    if (inStep) copy.noteInStep(stream);
    return !inStep;
  });
  return inLoadOrder(
    behind.map(({ stream }) => stream),
    answer.officer.id,
  );
}
