import { argsOfToday } from '#shared/schema/mutation.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { RowFor } from '../../../store/local-api.ts';
import type { Change } from '../change-lines.ts';

type Held = Pick<RowFor<'heldWork'>, 'mutation' | 'version' | 'targetId' | 'args'>;

/** What this program must be given to do the same; undefined where it does not know how. */
export function argsToTake({ mutation, version, args }: Held): Readonly<Record<string, unknown>> | undefined {
  const known = mutationOfName.get(mutation);
  return known && argsOfToday(known.mutation, version, args);
}

/** Held work as any other change, to be read like one. */
export const heldChange = (held: Held): Change => ({
  name: held.mutation,
  table: mutationOfName.get(held.mutation)?.table.name ?? '',
  targetId: held.targetId,
  args: argsToTake(held) ?? held.args,
});
