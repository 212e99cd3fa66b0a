/**
 * Calls and events between a window and the engine's worker, over one message port.
 *
 *     window → worker   {call, id, args}      worker → window   {answer: id, envelope}
 *     worker → window   {ask, id, args}       window → worker   {answer: id, envelope}      calls of the host contract
 *     worker → window   {tell, value}
 */
import { type Envelope, openEnvelope, refusal } from '#shared/host/envelope.ts';

export type Handle = (call: string, args: readonly unknown[]) => Promise<unknown>;

interface Call {
  readonly call: string;
  readonly id: number;
  readonly args: readonly unknown[];
}
interface Answer {
  readonly answer: number;
  readonly envelope: Envelope;
}
interface Tell {
  readonly tell: string;
  readonly value: unknown;
}

export interface Line {
  ask(call: string, ...args: readonly unknown[]): Promise<unknown>;
  tell(name: string, value: unknown): void;
  /** The other side is gone: whoever still waits is refused. */
  breakOff(reason: Error): void;
}

/** One side of the line; both sides may ask and answer. */
export function lineOver(port: MessagePort, handle: Handle, hear: (name: string, value: unknown) => void): Line {
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }>();
  let next = 1;

  async function answer({ call, id, args }: Call): Promise<void> {
    let envelope: Envelope;
    try {
      envelope = { ok: true, value: await handle(call, args) };
    } catch (error) {
      if (!(error instanceof Error && error.name === 'Fault')) console.error(call, error);
      envelope = refusal(error);
    }
    port.postMessage({ answer: id, envelope } satisfies Answer);
  }

  port.addEventListener('message', ({ data }: MessageEvent<Call | Answer | Tell>) => {
    if ('call' in data) void answer(data);
    else if ('tell' in data) hear(data.tell, data.value);
    else {
      const asked = waiting.get(data.answer);
      waiting.delete(data.answer);
      try {
        asked?.resolve(openEnvelope(data.envelope));
      } catch (error) {
        asked?.reject(error);
      }
    }
  });
  port.start();

  return {
    ask: (call, ...args) =>
      new Promise((resolve, reject) => {
        const id = next++;
        waiting.set(id, { resolve, reject });
        port.postMessage({ call, id, args } satisfies Call);
      }),
    tell: (name, value) => port.postMessage({ tell: name, value } satisfies Tell),
    breakOff(reason) {
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
}
