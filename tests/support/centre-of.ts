import { type Centre, type Session } from '../../server/sync/centre.ts';
import { applyAsSystem } from '../../server/sync/machine.ts';
import type { CentreStore } from '../../server/store/centre-store.ts';
import { memorySegments } from './memory-segments.ts';
import { memoryWorkstations } from './memory-workstations.ts';

export const DISTRICT = '620102';
export const DEVICE = '11111111-1111-4111-8111-111111111111';

/** A centre over `store` with a clock that counts, marks that count, and defects that fail the test. */
export function centreOf(store: CentreStore, over: Partial<Centre> = {}): Centre {
  let tick = 1_800_000_000_000;
  let commits = 0;
  return {
    store,
    segments: memorySegments(),
    now: () => ++tick,
    mark: () => Uint8Array.from({ length: 8 }, (_, i) => (i < 7 ? 0 : ++commits)),
    signLease: async (claims) => `lease.${claims.sub}`,
    committed: () => undefined,
    workstations: memoryWorkstations(),
    programs: { oldest: null, newest: null },
    defect: (error) => {
      throw error;
    },
    ...over,
  };
}

export const sessionOf = (officerId: string, device = DEVICE, districtId = DISTRICT): Session => ({
  officerId,
  districtId,
  device,
});

interface Enrolment {
  readonly district?: string;
  readonly roles?: readonly string[];
  readonly streams?: readonly string[];
  readonly device?: string;
}

/** Enrols an officer with a grant on the streams; answers the session they would have. */
export async function enrol(centre: Centre, id: string, given: Enrolment = {}): Promise<Session> {
  const { district = DISTRICT, roles = ['officer'], device = DEVICE } = given;
  const streams = given.streams ?? [`d:${district}`];
  const nothing = { certNo: null, certExpires: null, phone: null };
  await applyAsSystem(centre, district, [
    {
      name: 'officers.enrol',
      at: 1,
      args: { id, name: `officer ${id}`, account: id, orgUnitId: 'station', roles, state: 'active', ...nothing },
    },
    ...streams.map((stream) => ({
      name: 'grants.give',
      at: 1,
      args: { id: `g-${id}-${stream}`, officerId: id, stream, since: 0, until: null },
    })),
  ]);
  return sessionOf(id, device, district);
}
