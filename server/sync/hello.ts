import { Fault } from '#shared/errors.ts';
import { type Cursor, type HelloAnswer, helloRequest, type LeaseClaims, PROTOCOL_VERSION } from '#shared/protocol/messages.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import { programOf } from '../identity/program-age.ts';
import type { Snapshot } from '../store/centre-store.ts';
import { type Granted, type Officer, officerOf, streamsOf } from './actor.ts';
import type { Centre, Session } from './centre.ts';
import { checkCursor } from './cursor-check.ts';
import { readRequest } from './request.ts';

type Plan = HelloAnswer['streams'][number];

/** How long an officer may work offline without hearing the centre, s. */
const LEASE_S = 7 * 24 * 3600;

/** Says what to do with each stream: those granted, and those the workstation has and may no longer have. */
export async function hello(centre: Centre, session: Session, body: string): Promise<HelloAnswer> {
  const said = readRequest(helloRequest, body);
  const { device, cursors } = said;
  if (device !== session.device) throw new Fault('badMessage', 'the session is of another workstation');
  const now = centre.now();
  const { officer, granted, lastN, plans } = await centre.store.read(async (snapshot) => {
    const found = await officerOf(snapshot, session);
    const streams = await streamsOf(snapshot, session, now);
    return {
      officer: found,
      granted: streams,
      lastN: await snapshot.lastN(session.officerId, session.device),
      plans: await plansFor(snapshot, streams, cursors),
    };
  }, session.districtId);
  const { wipe } = await centre.workstations.greet(session, said, now);
  const { id, districtId, name, roles, state } = officer;
  return {
    protocol: PROTOCOL_VERSION,
    epoch: centre.store.epoch,
    now,
    officer: { id, districtId, name, roles },
    lastN,
    mutations: MUTATIONS,
    program: programOf(said.app, centre.programs),
    standing: wipe ? 'wipe' : state,
    lease: await centre.signLease(leaseFor(officer, granted, session.device, now)),
    streams: plans,
  };
}

/** What the centre decides, each in its greatest version. */
const MUTATIONS = Object.fromEntries([...mutationOfName].map(([name, { mutation }]) => [name, mutation.v]));

/** What the centre states of an officer for the time without a line. */
export const leaseFor = (officer: Officer, granted: readonly Granted[], device: string, now: number): LeaseClaims => ({
  sub: officer.id,
  name: officer.name,
  account: officer.account,
  districtId: officer.districtId,
  roles: officer.roles,
  streams: granted.map(({ stream }) => stream),
  until: Object.fromEntries(granted.flatMap(({ stream, until }) => (until === null ? [] : [[stream, until]]))),
  device,
  iat: Math.floor(now / 1000),
  exp: Math.floor(now / 1000) + (officer.state === 'active' ? LEASE_S : 0),
});

async function plansFor(snapshot: Snapshot, granted: readonly Granted[], cursors: readonly Cursor[]): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const { stream, until } of granted) {
    const { seq } = await snapshot.head(stream);
    const cursor = cursors.find((one) => one.stream === stream);
    plans.push({ stream, head: seq, grantUntil: until, plan: cursor ? await planFor(snapshot, cursor) : 'load' });
  }
  const dropped = cursors.filter(({ stream }) => !granted.some((one) => one.stream === stream));
  return [...plans, ...dropped.map(({ stream }): Plan => ({ stream, head: 0, grantUntil: null, plan: 'drop' }))];
}

async function planFor(snapshot: Snapshot, cursor: Cursor): Promise<Plan['plan']> {
  try {
    await checkCursor(snapshot, cursor);
    return 'pull';
  } catch (error) {
    if (error instanceof Fault) return 'replace';
    throw error;
  }
}
