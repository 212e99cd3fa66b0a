import { Fault } from '#shared/errors.ts';
import type { Outcome } from '#shared/protocol/messages.ts';
import type { Centre, Session } from '../../server/sync/centre.ts';
import { compareDigests } from '../../server/sync/digests.ts';
import { hello } from '../../server/sync/hello.ts';
import { pull } from '../../server/sync/pull.ts';
import { push } from '../../server/sync/push.ts';
import { snapshot } from '../../server/sync/snapshot.ts';
import { StoreFailure } from '../../server/store/centre-store.ts';
import { emptyCentre, MemoryCentre } from '../support/memory-centre.ts';
import { memorySegments } from '../support/memory-segments.ts';
import { type MemoryWorkstations, memoryWorkstations } from '../support/memory-workstations.ts';
import type { Dice } from '../support/dice.ts';
import type { VirtualTime } from '../support/virtual-time.ts';
import type { WireAnswer, WireRequest } from '../../renderer/sync/ports.ts';

type HearHead = (stream: string, head: number) => void;

/** The real protocol code of the centre over its store in memory. */
export interface SimCentre {
  readonly store: MemoryCentre;
  readonly centre: Centre;
  readonly workstations: MemoryWorkstations;
  up: boolean;
  /** The next save is cut off before it commits. */
  failNextSave: boolean;
  readonly listeners: Set<HearHead>;
  readonly defects: unknown[];
  answer(session: Session, request: WireRequest, pageRows: number): Promise<WireAnswer>;
}

export function simCentre(dice: Dice, time: VirtualTime): SimCentre {
  const store = new MemoryCentre(emptyCentre(dice.uuid()));
  const listeners = new Set<HearHead>();
  const defects: unknown[] = [];
  const workstations = memoryWorkstations();
  const centre: Centre = {
    workstations,
    programs: { oldest: null, newest: null },
    store,
    segments: memorySegments(),
    now: () => time.now(),
    mark: () => Uint8Array.from({ length: 8 }, () => dice.below(256)),
    signLease: async (claims) => JSON.stringify(claims),
    committed: (heads) => {
      for (const [stream, head] of heads) for (const hear of listeners) hear(stream, head);
    },
    defect: (error) => defects.push(error),
  };
  const sim: SimCentre = {
    store,
    centre,
    workstations,
    up: true,
    failNextSave: false,
    listeners,
    defects,
    async answer(session, request, pageRows) {
      try {
        return await serve(centre, session, request, pageRows);
      } catch (error) {
        if (error instanceof StoreFailure) return refusal(new Fault('internal', 'the database failed'));
        if (error instanceof Fault) return refusal(error);
        throw error;
      }
    },
  };
  store.beforeSave = () => {
    if (!sim.failNextSave) return;
    sim.failNextSave = false;
    throw new StoreFailure('cut off before the commit');
  };
  return sim;
}

async function serve(centre: Centre, session: Session, { path, json: body }: WireRequest, pageRows: number): Promise<WireAnswer> {
  const url = new URL(path, 'http://centre');
  const text = JSON.stringify(body);
  switch (url.pathname) {
    case '/sync/v1/hello':
      return json(await hello(centre, session, text));
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
const refusal = ({ code, status, message, detail }: Fault): WireAnswer =>
  answerOf(status, 'application/json', JSON.stringify({ code, message, detail }));

export const PORTAL: WireAnswer = answerOf(200, 'text/html', '<html><body>请登录上网</body></html>');
export const BAD_GATEWAY: WireAnswer = answerOf(502, 'text/html', '<html>502</html>');
