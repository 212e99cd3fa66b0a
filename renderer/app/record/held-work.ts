import { mayDispatch } from '#shared/domain/permission.ts';
import { useLive } from '../../store/live.ts';
import { useActor } from './me.ts';

interface Who {
  readonly id: string;
  readonly roles: readonly string[];
  readonly streams: readonly string[];
}

/** Does this officer decide on the work that others could not finish? */
export const isSupervisor = (who: Who): boolean => mayDispatch(who) && who.streams.some((stream) => stream.startsWith('s:'));

/** How much work waits for this officer to take it over; 0 for who is no supervisor. */
export function useHeldCount(): number {
  const supervisor = isSupervisor(useActor());
  const held = useLive(
    async (local) => (supervisor ? (await local.where('heldWork', { state: 'held' })).length : 0),
    [supervisor],
  );
  return held ?? 0;
}
