import type { FaultKind } from '#shared/errors.ts';
import type { EngineStatus } from '../sync/engine-api.ts';
import type { Tone } from '../ui/status-dot.tsx';

/** How the line stands for the officer. `stopped`: the centre answers and takes nothing until something is done here. */
export type Standing = EngineStatus['connection'] | 'stopped';

export const STANDING_TONE: Readonly<Record<Standing, Tone>> = {
  online: 'done',
  unreachable: 'soon',
  offline: 'rest',
  stopped: 'bad',
};

/** Refusals that do not pass by waiting. */
const STOPS: readonly FaultKind[] = ['sessionEnded', 'notSignedIn', 'protocolTooOld', 'centreChanged'];
/** Those that the password of the officer ends. */
const ENDED: readonly FaultKind[] = ['sessionEnded', 'notSignedIn', 'centreChanged'];

/** What the centre refuses for good; null while the line stands, or while nobody asks the centre. */
export function stoppedBy({ connection, lastFault }: Pick<EngineStatus, 'connection' | 'lastFault'>): FaultKind | null {
  return connection !== 'offline' && lastFault && STOPS.includes(lastFault.kind) ? lastFault.kind : null;
}

export const standingOf = (status: Pick<EngineStatus, 'connection' | 'lastFault'>): Standing =>
  stoppedBy(status) === null ? status.connection : 'stopped';

export const asksForPassword = (kind: FaultKind): boolean => ENDED.includes(kind);
