import { Fault } from '#shared/errors.ts';
import type { Session } from '../../server/sync/centre.ts';
import type { Wire, WireAnswer, WireRequest } from '../../renderer/sync/ports.ts';
import type { Dice } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import { BAD_GATEWAY, PORTAL, type SimCentre } from './sim-centre.ts';

/** How often each thing goes wrong in one history; 0 for never. */
export interface Faults {
  readonly dropRequest: number;
  readonly dropAnswer: number;
  readonly duplicate: number;
  readonly delay: number;
  readonly cut: number;
  readonly portal: number;
  readonly badGateway: number;
  readonly failSave: number;
  readonly dropPoke: number;
}

export const NO_FAULTS: Faults = {
  dropRequest: 0,
  dropAnswer: 0,
  duplicate: 0,
  delay: 0,
  cut: 0,
  portal: 0,
  badGateway: 0,
  failSave: 0,
  dropPoke: 0,
};

export interface Weather {
  faults: Faults;
}

const unreachable = (): Fault => new Fault('serverUnreachable', 'no answer from the centre');

/** A line on which everything that happens to messages happens. */
export function simWire(
  dice: Dice,
  time: VirtualTime,
  sim: SimCentre,
  session: Session,
  weather: Weather,
  line: { up: boolean },
): Wire {
  const pause = (): number => (dice.chance(weather.faults.delay) ? dice.below(90_000) : 1 + dice.below(200));

  async function atCentre(request: WireRequest): Promise<WireAnswer> {
    if (!sim.up) throw unreachable();
    if (dice.chance(weather.faults.failSave)) sim.failNextSave = true;
    return sim.answer(session, request, 1 + dice.below(8));
  }

  function spoil(answer: WireAnswer): WireAnswer {
    const { cut, portal, badGateway } = weather.faults;
    if (dice.chance(portal)) return PORTAL;
    if (dice.chance(badGateway)) return BAD_GATEWAY;
    if (!dice.chance(cut)) return answer;
    return { ...answer, bytes: answer.bytes.subarray(0, dice.below(answer.bytes.length + 1)), complete: false };
  }

  async function travel(request: WireRequest): Promise<WireAnswer> {
    const { dropRequest, dropAnswer, duplicate } = weather.faults;
    await time.sleep(pause());
    if (!line.up || dice.chance(dropRequest)) throw unreachable();
    if (dice.chance(duplicate)) {
      // A copy of the request arrives some time later, perhaps long after the first was answered.
      time.after(pause(), () => void atCentre(request).catch(() => undefined));
    }
    const answer = await atCentre(request);
    await time.sleep(pause());
    if (!line.up || dice.chance(dropAnswer)) throw unreachable();
    return spoil(answer);
  }

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const giveUp = (): void => reject(unreachable());
        time.after(request.timeoutMs, giveUp);
        request.signal?.addEventListener('abort', giveUp, { once: true });
        travel(request).then(resolve, reject);
      }),

    events: (_path, _token, hear, signal) =>
      new Promise((resolve, reject) => {
        if (!line.up || !sim.up) return reject(unreachable());
        const heard = (stream: string, head: number): void => {
          if (!line.up || dice.chance(weather.faults.dropPoke)) return;
          time.after(pause(), () => hear('poke', JSON.stringify({ epoch: sim.store.epoch, stream, head })));
        };
        sim.listeners.add(heard);
        signal.addEventListener(
          'abort',
          () => {
            sim.listeners.delete(heard);
            resolve();
          },
          { once: true },
        );
      }),
  };
}
