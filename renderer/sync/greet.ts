import { personStream } from '#shared/schema/stream.ts';
import type { HelloAnswer } from '#shared/protocol/messages.ts';
import type { LocalCopy } from './local-copy.ts';
import type { Trace } from './trace.ts';

/** Streams in the order in which a first load brings them: what everything refers to first. */
export const inLoadOrder = (streams: readonly string[], officerId: string): string[] =>
  [...streams].toSorted((a, b) => rank(a, officerId) - rank(b, officerId) || (a < b ? -1 : 1));

const rank = (stream: string, officerId: string): number => {
  if (stream === personStream(officerId)) return 0;
  return stream === 'city' ? 1 : 2;
};

export interface Followed {
  /** Streams that are behind, in the order in which they are to be brought. */
  readonly behind: readonly string[];
  /** Streams that were withdrawn and are gone from here. */
  readonly dropped: readonly string[];
  /** The centre was restored: so many mutations that it had acknowledged were offered to it again. Null: it was not. */
  readonly restored: number | null;
}

/** Does what the centre's plans say. `acked`: what had been acknowledged here when it was asked; its answer is as old as that. */
export function planFollower(copy: LocalCopy, trace: Trace): (answer: HelloAnswer, acked: number) => Promise<Followed> {
  /** A restored centre may have lost what it acknowledged; offered again, what it still knows is only confirmed. */
  async function offerAgain(): Promise<number> {
    const mutations = await copy.offerAgain();
    if (mutations > 0) trace.note({ what: 'offeredAgain', mutations });
    return mutations;
  }

  return async (answer, acked) => {
    copy.meet(answer.epoch, answer.lastN);
    const granted = new Map(answer.streams.filter(({ plan }) => plan !== 'drop').map((one) => [one.stream, one]));
    const otherEpoch = copy.cursors().some(({ epoch }) => epoch !== answer.epoch);
    const restored = otherEpoch || answer.lastN < acked;
    const otherHistory = restored || answer.streams.some(({ plan }) => plan === 'replace');
    // First of all: a program that dies after the drops would not know any more that there was another history.
    const offered = otherHistory ? await offerAgain() : 0;
    const dropped: string[] = [];
    for (const { stream } of copy.cursors()) {
      const plan = granted.get(stream)?.plan;
      if (!otherEpoch && plan !== undefined && plan !== 'replace') continue;
      await copy.dropStream(stream);
      trace.note({ what: 'dropped', stream, why: plan === undefined ? 'withdrawn' : 'replaced' });
      if (plan === undefined) dropped.push(stream);
    }
    const behind = [...granted.values()].filter(({ stream, head }) => {
      const cursor = copy.cursor(stream);
      const inStep = cursor !== undefined && cursor.inStepAt !== null && cursor.seq >= head;
      if (inStep) copy.noteInStep(stream);
      return !inStep;
    });
    return {
      dropped,
      restored: restored ? offered : null,
      behind: inLoadOrder(
        behind.map(({ stream }) => stream),
        answer.officer.id,
      ),
    };
  };
}
