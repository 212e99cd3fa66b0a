import type { Actor } from '#shared/schema/mutation.ts';
import type { Row } from '#shared/schema/table.ts';
import type { grants } from '#shared/tables/grants.ts';
import type { SimCentre } from './sim-centre.ts';

type Grant = Row<typeof grants>;

/** Every grant the centre has of the officer, ended ones included. */
export function grantsOf(sim: SimCentre, officerId: string): Grant[] {
  const rows = [...(sim.store.state.rows.get('grants')?.values() ?? [])].map(({ row }) => row as Grant);
  return rows.filter((row) => row.officerId === officerId);
}

/** Streams the officer may read at `now`, ms. */
export function streamsAt(sim: SimCentre, actor: Actor, now: number): string[] {
  const open = grantsOf(sim, actor.id).filter(({ since, until }) => since <= now && (until === null || until > now));
  return [...new Set(['city', `u:${actor.id}`, ...open.map(({ stream }) => stream)])];
}
