import { Fault } from '#shared/errors.ts';
import { personStream } from '#shared/schema/stream.ts';
import { streamsOf } from '../../server/sync/actor.ts';
import type { Session } from '../../server/sync/centre.ts';
import type { Wire, WireAnswer, WireRequest } from '../../renderer/sync/ports.ts';
import { type Dice, diceOf } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import type { Weather } from './faults.ts';
import { foreignPage, refusal, type SimCentre } from './sim-centre.ts';
import { commandsOf } from './tale.ts';

const unreachable = (): Fault => new Fault('serverUnreachable', 'no answer from the centre');

/** What the line is like between one workstation and the centre. */
export interface Line {
  up: boolean;
  /** Until when a gateway or a certificate stands in the way. */
  badGatewayUntil: number;
  tlsUntil: number;
}

export const newLine = (): Line => ({ up: true, badGatewayUntil: 0, tlsUntil: 0 });

interface Ends {
  readonly time: VirtualTime;
  readonly sim: SimCentre;
  readonly weather: Weather;
  /** What happens at the centre between two halves of a push. */
  readonly midBatch: () => Promise<void>;
}

/** Refusals that are no decision: [the fault, how our centre words it, what a proxy says]. */
const REFUSALS = [
  ['refuse401', new Fault('sessionEnded', 'signed out'), 401],
  ['refuse403', new Fault('foreignOrigin', 'not a page of ours'), 403],
  ['refuse429', new Fault('tooManyRequests', 'later'), 429],
] as const;

/** A line on which everything that happens to messages happens. */
export function simWire({ time, sim, weather, midBatch }: Ends, session: Session, line: Line, pages: Dice = diceOf(1)): Wire {
  const pause = (): number => 1 + pages.below(200);

  /** The centre's answer; what kills it there happens here. */
  async function served(request: WireRequest): Promise<WireAnswer> {
    if (!sim.up) throw unreachable();
    const killed = weather.threatens('killAfterCommit') ? 'after' : weather.threatens('killBeforeCommit') ? 'before' : undefined;
    const { deaths } = sim;
    sim.doom = killed;
    const answer = await sim.answer(session, request, 1 + pages.below(8));
    sim.doom = undefined;
    if (killed !== undefined && sim.deaths > deaths) {
      const name = killed === 'after' ? 'killAfterCommit' : 'killBeforeCommit';
      weather.struck(name);
      sim.restart(weather.dice(name).below(20_000));
      // What was told of earlier transactions may have left the house.
      if (answer.status !== 200) throw unreachable();
      return { ...answer, complete: false };
    }
    if (request.path.includes('/pull?') && weather.strikes('restartMidPage')) {
      const dice = weather.dice('restartMidPage');
      sim.restart(dice.below(10_000));
      return cut(answer, dice);
    }
    return answer;
  }

  /** A push whose first part is decided before something else happens. */
  async function inParts(request: WireRequest, dice: Dice, between: () => Promise<WireAnswer | undefined>): Promise<WireAnswer> {
    const commands = commandsOf(request);
    const first = commands.slice(0, dice.below(commands.length + 1));
    const part = (some: readonly unknown[]): WireRequest => ({
      ...request,
      json: { ...(request.json as object), commands: some },
    });
    const begun = first.length > 0 ? await served(part(first)) : undefined;
    if (begun && begun.status !== 200) return begun;
    const instead = await between();
    if (instead) return instead;
    const rest = commands.slice(first.length);
    const ended = rest.length > 0 ? await served(part(rest)) : undefined;
    if (!begun || !ended) return begun ?? ended ?? foreignPage(502);
    return ended.status === 200 ? { ...ended, bytes: Buffer.concat([begun.bytes, ended.bytes]) } : { ...begun, complete: false };
  }

  async function atCentre(request: WireRequest): Promise<WireAnswer> {
    const commands = commandsOf(request);
    for (const [name, fault, status] of REFUSALS) {
      if (!weather.strikes(name)) continue;
      const dice = weather.dice(name);
      return inParts(request, dice, async () => (dice.chance(0.6) ? refusal(fault) : foreignPage(status)));
    }
    if (weather.strikes('refuse413'))
      return commands.length > 1 ? refusal(new Fault('bodyTooLarge', 'too large')) : foreignPage(413);
    if (commands.length > 0 && weather.strikes('grantMidBatch'))
      return inParts(request, weather.dice('grantMidBatch'), async () => void (await midBatch()));
    return served(request);
  }

  const cut = (answer: WireAnswer, dice: Dice): WireAnswer => ({
    ...answer,
    bytes: answer.bytes.subarray(0, dice.below(answer.bytes.length + 1)),
    complete: false,
  });

  function spoil(answer: WireAnswer): WireAnswer {
    if (weather.strikes('portal')) return foreignPage(200);
    if (weather.strikes('badGateway')) line.badGatewayUntil = time.now() + weather.dice('badGateway').below(30_000);
    if (line.badGatewayUntil > time.now()) return foreignPage(502);
    return weather.strikes('cutBody') ? cut(answer, weather.dice('cutBody')) : answer;
  }

  function mustGetThrough(): void {
    if (weather.strikes('tls')) line.tlsUntil = time.now() + weather.dice('tls').below(30_000);
    if (!line.up || line.tlsUntil > time.now()) throw unreachable();
  }

  /** A copy arrives at some time; nobody waits for its answer. */
  const copyArrives = (request: WireRequest, afterMs: number): void =>
    void time.after(afterMs, () => void atCentre(request).catch(() => undefined));

  async function travel(request: WireRequest): Promise<WireAnswer> {
    await time.sleep(pause());
    if (weather.strikes('reorder')) await time.sleep(weather.dice('reorder').below(5000));
    mustGetThrough();
    if (weather.strikes('dropRequest')) throw unreachable();
    if (weather.strikes('delayPastTimeout')) {
      copyArrives(request, request.timeoutMs + weather.dice('delayPastTimeout').below(60_000));
      await time.sleep(request.timeoutMs);
      throw unreachable();
    }
    if (weather.strikes('duplicateLate')) copyArrives(request, weather.dice('duplicateLate').below(90_000));
    if (weather.strikes('duplicateNow')) void atCentre(request).catch(() => undefined);
    const answer = await atCentre(request);
    await time.sleep(pause());
    if (weather.strikes('slowDrip')) await time.sleep(weather.dice('slowDrip').below(request.timeoutMs * 1.5));
    mustGetThrough();
    if (weather.strikes('dropAnswer')) throw unreachable();
    return spoil(answer);
  }

  /** As the centre's room of events does: pokes of the streams granted now, until the officer's own rows change. */
  async function listen(hear: (name: string, data: string) => void, signal: AbortSignal): Promise<void> {
    const granted = await sim.base.store.read((moment) => streamsOf(moment, session, time.now()), session.districtId);
    const streams = new Set(granted.map(({ stream }) => stream));
    const own = personStream(session.officerId);
    const began = sim.heads.get(own) ?? 0;
    const arrives = (name: string, data: unknown): void => void time.after(pause(), () => hear(name, JSON.stringify(data)));
    const over = Promise.withResolvers<void>();
    const listener = {
      hear(stream: string, head: number): void {
        if (!line.up) return;
        if (streams.has(stream) && !weather.strikes('dropPoke')) arrives('poke', { epoch: sim.base.store.epoch, stream, head });
        if (stream !== own || head <= began) return;
        arrives('grant', {});
        listener.end();
      },
      end(): void {
        sim.listeners.delete(listener);
        over.resolve();
      },
    };
    arrives('', '');
    sim.listeners.add(listener);
    signal.addEventListener('abort', listener.end, { once: true });
    await over.promise;
  }

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const giveUp = (): void => reject(unreachable());
        const cancel = time.after(request.timeoutMs, giveUp);
        request.signal?.addEventListener('abort', giveUp, { once: true });
        travel(request).then(resolve, reject).finally(cancel);
      }),

    async events(_path, _token, hear, signal) {
      await time.sleep(pause());
      if (signal.aborted) return;
      if (!line.up || !sim.up || line.tlsUntil > time.now()) throw unreachable();
      await listen(hear, signal);
    },
  };
}
