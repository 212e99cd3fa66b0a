/**
 * Keeps the line to the centre: visits it whenever there is a network and the officer did not choose to work offline, and after
 * a failure waits, longer each time.
 */
import { Fault, type FaultKind } from '#shared/errors.ts';
import { backoffMs } from './backoff.ts';
import type { Connection } from './engine-api.ts';
import type { Clock, Random } from './ports.ts';
import { OF_STORAGE } from './room.ts';
import type { Trace } from './trace.ts';
import { bell, oneOf } from './wake.ts';

/** Failures that say nothing against the line: the centre answered and wants something first, or this computer could not go on. */
const LINE_STANDS: readonly FaultKind[] = ['notSignedIn', 'sessionEnded', 'protocolTooOld', ...OF_STORAGE];

export interface LineState {
  readonly connection: Connection;
  /** When the next try is due, ms. */
  readonly retryAt: number | null;
  readonly lastFault: { readonly kind: FaultKind; readonly detail: Fault['detail']; readonly at: number } | null;
}

interface LineDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly trace: Trace;
  /** Whether this computer has any network. */
  readonly hasNetwork: () => boolean;
  readonly tell: (state: Partial<LineState>) => void;
  readonly defect: (error: unknown) => void;
}

export interface KeptLine {
  /** Aborted when the line is given up for good. */
  readonly stopping: AbortSignal;
  /** How often in a row the line failed. */
  failures(): number;
  /** The line held: the next failure is waited for briefly again. */
  held(): void;
  setWorkOffline(on: boolean): void;
  /** Try now. */
  nudge(): void;
  stop(): Promise<void>;
}

/** `visit` stays as long as the line holds; `hangUp` ends its signal. */
export function keepLine(deps: LineDeps, visit: (signal: AbortSignal, hangUp: () => void) => Promise<void>): KeptLine {
  const { clock, random, trace, tell } = deps;
  const stopping = new AbortController();
  const again = bell();
  let workOffline = false;
  let offline = false;
  let session: AbortController | undefined;
  let failures = 0;

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (workOffline || !deps.hasNetwork()) {
        if (!offline) trace.note({ what: 'offline' });
        offline = true;
        tell({ connection: 'offline', retryAt: null });
        await again.wait(stopping.signal);
        continue;
      }
      offline = false;
      await once(new AbortController());
    }
  }

  async function once(own: AbortController): Promise<void> {
    session = own;
    try {
      await visit(AbortSignal.any([own.signal, stopping.signal]), () => own.abort());
    } catch (error) {
      if (!(error instanceof Fault)) deps.defect(error);
      if (!stopping.signal.aborted && !workOffline)
        await pauseAfter(error instanceof Fault ? error : new Fault('internal', 'the engine met a defect'));
    }
  }

  async function pauseAfter(fault: Fault): Promise<void> {
    failures += 1;
    const connection = LINE_STANDS.includes(fault.kind) ? 'online' : 'unreachable';
    const waitMs = backoffMs(failures, random.fraction());
    const now = clock.now();
    trace.note({ what: 'failed', kind: fault.kind, detail: fault.detail, againInMs: waitMs });
    tell({ connection, lastFault: { kind: fault.kind, detail: fault.detail, at: now }, retryAt: now + waitMs });
    await oneOf(stopping.signal, (stop) => [clock.sleep(waitMs, stop), again.wait(stop)]);
  }

  // Begun in the next turn, when whoever keeps the line holds it.
  const running = Promise.resolve().then(run);

  return {
    stopping: stopping.signal,
    failures: () => failures,
    held() {
      failures = 0;
    },
    setWorkOffline(on) {
      // Said again as it stands, it must not cut a line that is just being made.
      if (on === workOffline) return;
      workOffline = on;
      session?.abort();
      again.ring();
    },
    nudge() {
      again.ring();
      if (!deps.hasNetwork()) session?.abort();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
