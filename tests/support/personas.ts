import type { Act, Actor } from '#shared/schema/mutation.ts';

const person = (id: string, district: string, ...roles: string[]): Actor => ({
  id,
  districtId: district,
  roles,
  streams: ['city', `d:${district}`, `u:${id}`],
});

export const WANG = person('o-wang', '620102', 'officer');
export const LI = person('o-li', '620102', 'officer');
export const HEAD = person('o-head', '620102', 'officer', 'stationHead');
export const BUREAU = person('o-bureau', '620102', 'bureauAdmin');
export const WORKER = person('o-worker', '620102', 'gridWorker');

/** `actor` at work in their own district, one second after `at` = 0 unless told otherwise. */
export const acting = (actor: Actor, at = 1000): Act => ({ actor, district: actor.districtId, at });
