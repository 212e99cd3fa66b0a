import { Fault } from '#shared/errors.ts';
import type { Command, Outcome } from '#shared/protocol/messages.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { compareDigests } from '../../server/sync/digests.ts';
import { hello } from '../../server/sync/hello.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import { pull } from '../../server/sync/pull.ts';
import { push } from '../../server/sync/push.ts';
import { segmentBytes } from '../../server/sync/segment.ts';
import { snapshot } from '../../server/sync/snapshot.ts';
import type { MachineCommand } from '../../server/sync/system-message.ts';
import { type CentreStore, StoreFailure, type Work } from '../../server/store/centre-store.ts';
import { memorySegments } from '../support/memory-segments.ts';
import { type MemoryWorkstations, memoryWorkstations } from '../support/memory-workstations.ts';
import type { Dice } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import type { WireAnswer, WireRequest } from '../../renderer/sync/ports.ts';
import { type CentreBase, headOf, memoryBase } from './centre-base.ts';
import { type Tale, tale } from './tale.ts';
import { atEarlierCentre, knownEarlier } from './versions.ts';

interface Listener {
  readonly hear: (stream: string, head: number) => void;
  /** The listening ends. */
  readonly end: () => void;
}

/** The next transaction is cut off before it commits, or killed after it. */
type Doom = 'before' | 'after' | undefined;

/** The real protocol code of the centre, over its real store in PostgreSQL or the one in memory. */
export interface SimCentre {
  readonly base: CentreBase;
  readonly centre: Centre;
  readonly tale: Tale;
  readonly workstations: MemoryWorkstations;
  up: boolean;
  /** It runs in its earlier version. */
  earlier: boolean;
  doom: Doom;
  /** How often it was killed, and restored. */
  deaths: number;
  restores: number;
  readonly listeners: Set<Listener>;
  readonly defects: unknown[];
  /** Stream → its newest number. */
  readonly heads: ReadonlyMap<string, number>;
  answer(session: Session, request: WireRequest, pageRows: number): Promise<WireAnswer>;
  bySystem(district: string, commands: readonly MachineCommand[]): Promise<void>;
  /** Away for `ms`; whoever listened hears nothing more. */
  restart(ms: number): void;
  restore(backup: number, epoch: string): Promise<void>;
}

export function simCentre(dice: Dice, time: VirtualTime, base: CentreBase = memoryBase(dice.uuid())): SimCentre {
  const told = tale();
  const workstations = memoryWorkstations();
  const heads = new Map<string, number>();
  const listeners = new Set<Listener>();
  const defects: unknown[] = [];
  let downUntil = 0;

  function dies(): never {
    sim.deaths += 1;
    throw new StoreFailure(`killed ${sim.doom} the commit`);
  }

  const store: CentreStore = {
    get epoch() {
      return base.store.epoch;
    },
    read: (work, home) => base.store.read(work, home),
    pack: (made) => base.store.pack(made),
    dissolve: (stream, no, now) => base.store.dissolve(stream, no, now),
    async write(district, work) {
      let saved: Work | undefined;
      const answer = await base.store.write(district, (tx) =>
        work({
          ...tx,
          save: async (given) => {
            if (sim.doom === 'before') dies();
            const numbers = await tx.save(given);
            for (const [stream, head] of numbers) heads.set(stream, head);
            saved = given;
            return numbers;
          },
        }),
      );
      if (saved) told.hearWork(saved);
      if (sim.doom === 'after') dies();
      return answer;
    },
  };

  const centre: Centre = {
    store,
    segments: memorySegments(),
    workstations,
    programs: { oldest: null, newest: null },
    now: () => time.now(),
    mark: () => Uint8Array.from({ length: 8 }, () => dice.below(256)),
    signLease: async (claims) => JSON.stringify(claims),
    committed: (moved) => {
      for (const [stream, head] of moved) for (const { hear } of listeners) hear(stream, head);
    },
    defect: (error) => defects.push(error),
  };

  const sim: SimCentre = {
    base,
    centre,
    tale: told,
    workstations,
    up: true,
    earlier: false,
    doom: undefined,
    deaths: 0,
    restores: 0,
    listeners,
    defects,
    heads,
    async answer(session, asked, pageRows) {
      const request = sim.earlier ? { ...asked, json: heardEarlier(asked.json) } : asked;
      told.hearRequest(request, session.districtId);
      try {
        return await serve(centre, session, request, pageRows, sim.earlier);
      } catch (error) {
        if (error instanceof StoreFailure) return refusal(new Fault('internal', 'the database failed'));
        if (error instanceof Fault) return refusal(error);
        throw error;
      }
    },
    async bySystem(district, commands) {
      for (const command of commands) told.hearMachine(command, district);
      const odd = await applyAsSystem(centre, district, commands);
      if (odd.length > 0) throw new Error(`a machine was refused: ${JSON.stringify(odd)}`);
    },
    restart(ms) {
      sim.up = false;
      downUntil = Math.max(downUntil, time.now() + ms);
      for (const { end } of listeners) end();
      time.after(ms, () => {
        if (time.now() >= downUntil) sim.up = true;
      });
    },
    async restore(backup, epoch) {
      await base.restore(backup, epoch);
      sim.restores += 1;
      const truth = await base.truth();
      told.hearRestored(truth.rows);
      heads.clear();
      for (const stream of truth.streams.keys()) heads.set(stream, headOf(truth, stream));
    },
  };
  return sim;
}

const SEGMENT = '/sync/v1/segments/';

/** A request as the earlier version understands it. */
function heardEarlier(body: unknown): unknown {
  const push = body as { readonly commands?: readonly Command[] } | undefined;
  return push?.commands ? { ...push, commands: push.commands.map(atEarlierCentre) } : body;
}

async function serve(
  centre: Centre,
  session: Session,
  { path, json: body }: WireRequest,
  pageRows: number,
  earlier: boolean,
): Promise<WireAnswer> {
  const url = new URL(path, 'http://centre');
  const text = JSON.stringify(body);
  if (url.pathname.startsWith(SEGMENT)) {
    const asked = { stream: url.searchParams.get('stream'), sha256: url.pathname.slice(SEGMENT.length) };
    return { status: 200, contentType: 'application/gzip', bytes: await segmentBytes(centre, session, asked), complete: true };
  }
  switch (url.pathname) {
    case '/sync/v1/hello': {
      const greeting = await hello(centre, session, text);
      return json(earlier ? { ...greeting, mutations: knownEarlier(greeting.mutations) } : greeting);
    }
    case '/sync/v1/push': {
      const lines: Outcome[] = [];
      try {
        await push(centre, session, text, (outcome) => lines.push(outcome));
      } catch (error) {
        // What was already answered has left the house.
        if (lines.length === 0 || !(error instanceof StoreFailure)) throw error;
      }
      return ndjson(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    }
    case '/sync/v1/pull':
      return ndjson(await pull(centre, session, { ...Object.fromEntries(url.searchParams), limit: String(pageRows) }));
    case '/sync/v1/digests':
      return json(await compareDigests(centre, session, text));
    case '/sync/v1/snapshot':
      return json(await snapshot(centre, session, Object.fromEntries(url.searchParams)));
    default:
      throw new Error(`the simulator has no ${url.pathname}`);
  }
}

const encoder = new TextEncoder();
const answerOf = (status: number, contentType: string, text: string): WireAnswer => ({
  status,
  contentType,
  bytes: encoder.encode(text),
  complete: true,
});
const json = (value: unknown): WireAnswer => answerOf(200, 'application/json', JSON.stringify(value));
const ndjson = (text: string): WireAnswer => answerOf(200, 'application/x-ndjson', text);

/** A refusal as our centre words it. */
export const refusal = ({ code, status, message, detail }: Fault): WireAnswer =>
  answerOf(status, 'application/json', JSON.stringify({ code, message, detail }));

/** A page of somebody in between. */
export const foreignPage = (status: number): WireAnswer =>
  answerOf(status, 'text/html', `<html><body>${status} 请登录上网</body></html>`);
