import { PassThrough } from 'node:stream';
import type { PokeBus } from '../sync/poke-bus.ts';

interface Listener {
  readonly token: string;
  readonly streams: ReadonlySet<string>;
  readonly out: PassThrough;
}

const frame = (name: string, data: unknown): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * Everybody who listens for pokes. A listener hears the streams granted when it began; it ends when its session does, when
 * its own rows change (it may have got or lost a grant, and asks anew), when the centre goes on with another history, or when
 * it drains.
 */
export class EventRoom {
  readonly #listeners = new Set<Listener>();
  readonly #centre: { readonly epoch: string };
  readonly #bus: PokeBus;

  constructor(bus: PokeBus, centre: { readonly epoch: string }) {
    this.#bus = bus;
    this.#centre = centre;
  }

  get size(): number {
    return this.#listeners.size;
  }

  get tokens(): readonly string[] {
    return [...this.#listeners].map(({ token }) => token);
  }

  /** `own`: the officer's own stream and its head when the streams were looked up. */
  open(token: string, streams: ReadonlySet<string>, own: { readonly stream: string; readonly seq: number }): PassThrough {
    const out = new PassThrough();
    const listener = { token, streams, out };
    const askAnew = (): void => void out.end(frame('grant', {}));
    const unsubscribe = this.#bus.subscribe({
      hear: (heads) => {
        for (const [stream, head] of heads)
          if (streams.has(stream)) this.#say(out, frame('poke', { epoch: this.#centre.epoch, stream, head }));
        if ((heads.get(own.stream) ?? 0) > own.seq) askAnew();
      },
      renewed: askAnew,
    });
    out.once('close', () => {
      unsubscribe();
      this.#listeners.delete(listener);
    });
    this.#listeners.add(listener);
    this.#say(out, ': listening\n\n');
    return out;
  }

  /** A sign of life, so that a dead line is noticed. */
  keepAlive(): void {
    for (const { out } of this.#listeners) this.#say(out, ': alive\n\n');
  }

  endSessions(tokens: ReadonlySet<string>): void {
    for (const { token, out } of this.#listeners) if (tokens.has(token)) out.end();
  }

  drain(): void {
    for (const { out } of this.#listeners) out.end(frame('drain', {}));
  }

  /** A listener that does not read gets no more: a poke is only a hint. */
  #say(out: PassThrough, text: string): void {
    if (!out.writableEnded && !out.writableNeedDrain) out.write(text);
  }
}
