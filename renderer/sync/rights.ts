import type { LeaseClaims } from '#shared/protocol/messages.ts';
import type { Actor } from '#shared/schema/mutation.ts';

/** So long after the lease has ended, what lies here of the centre's rows is deleted. */
const KEEP_AFTER_LEASE_MS = 7 * 24 * 3600_000;

/** What the officer may do and read at `now` (the centre's clock, ms): a grant with an end is over when it ends, heard or not. */
export const actorAt = (claims: LeaseClaims, now: number): Actor => ({
  id: claims.sub,
  districtId: claims.districtId,
  roles: claims.roles,
  streams: claims.streams.filter((stream) => (claims.until[stream] ?? Number.POSITIVE_INFINITY) > now),
});

export const leaseEnded = ({ exp }: LeaseClaims, now: number): boolean => exp * 1000 < now;

/** Of the streams held here, those that may lie here no longer. */
export function lapsed(claims: LeaseClaims, held: readonly string[], now: number): string[] {
  if (claims.exp * 1000 + KEEP_AFTER_LEASE_MS < now) return [...held];
  const { streams } = actorAt(claims, now);
  return held.filter((stream) => claims.streams.includes(stream) && !streams.includes(stream));
}
