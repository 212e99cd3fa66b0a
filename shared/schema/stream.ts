/**
 * Streams: what is granted, pulled and withdrawn as one.
 * A stream has one counter, so its order is total; between streams there is no order.
 */

/** Pseudo-district of everything that belongs to the whole city. */
export const CITY = '620100';

/** Stream of a district (`d:620102`); the city's own rows stand in `city`, granted to everybody. */
export const districtStream = (districtId: string): string => (districtId === CITY ? 'city' : `d:${districtId}`);

/** Stream of one officer's own rows: grants and personal settings. */
export const personStream = (officerId: string): string => `u:${officerId}`;

/** District of a stream; an officer's own belongs to `home`, the district where the officer is enrolled. */
export function districtOfStream(stream: string, home: string): string {
  if (stream === districtStream(CITY)) return CITY;
  return /^[ds]:/.test(stream) ? stream.slice(2) : home;
}

/** Stream of what only the supervisors of a district see: work of others that could not be applied. */
export const supervisorStream = (districtId: string): string => `s:${districtId}`;
