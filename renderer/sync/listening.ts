import { Fault } from '#shared/errors.ts';
import type { Centre } from './centre.ts';
import type { Clock, Random } from './ports.ts';

/** The centre ended the events, as it does when grants change or it restarts. */
const LISTEN_AGAIN_MS = 500;
/** Events cannot be had: something in between does not let them through. */
const LISTEN_LATER_MS = 5000;

interface Listening {
  readonly centre: Pick<Centre, 'events'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Something came, if only a sign of life; `first` after the line was silent. */
  readonly heard: (first: boolean) => void;
  readonly poke: (data: string) => void;
  /** Something may have been missed: ask. */
  readonly look: () => void;
}

/** Events only hasten. What was missed while nobody listened is found by looking once the line stands again. */
export async function keepListening({ centre, clock, random, heard, poke, look }: Listening, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let listening = false;
    try {
      await centre.events((name, data) => {
        heard(!listening);
        listening = true;
        if (name === 'poke') poke(data);
        else if (name === 'grant') look();
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      listening = false;
    }
    if (signal.aborted) return;
    look();
    await clock.sleep(listening ? LISTEN_AGAIN_MS * random.fraction() : LISTEN_LATER_MS, signal);
  }
}
