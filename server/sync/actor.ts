import { Fault } from '#shared/errors.ts';
import { mustReach } from '#shared/domain/permission.ts';
import type { Actor } from '#shared/schema/mutation.ts';
import { CITY, districtStream, personStream } from '#shared/schema/stream.ts';
import type { Row } from '#shared/schema/table.ts';
import type { grants } from '#shared/tables/grants.ts';
import { officers } from '#shared/tables/officers.ts';
import type { Person, Reader } from '../store/centre-store.ts';
import type { Session } from './centre.ts';

export type Officer = Row<typeof officers>;

/** One stream an officer may read now; `until` null: for as long as nobody withdraws it. */
export interface Granted {
  readonly stream: string;
  readonly until: number | null;
}

/** Machines and registers act under this name, through the same door as people. */
export const SYSTEM: Actor = { id: 'system', districtId: CITY, roles: ['system'], streams: [] };

/** The officer's row of today. One who has left has no roles; nobody is the system by their row. */
export async function officerOf(reader: Reader, { districtId, officerId }: Person): Promise<Officer> {
  const found = (await reader.rows(officers, districtId, [officerId])).get(officerId);
  const officer = found?.row as Officer | undefined;
  if (!officer) throw new Fault('sessionEnded', 'there is no such officer');
  return { ...officer, roles: officer.state === 'active' ? officer.roles.filter((role) => role !== 'system') : [] };
}

/** The officer's row; undefined for one who is unknown or has left. */
export async function activeOfficer(reader: Reader, { districtId, officerId }: Person): Promise<Officer | undefined> {
  const found = (await reader.rows(officers, districtId, [officerId])).get(officerId);
  return found?.row['state'] === 'active' ? officerOf(reader, { districtId, officerId }) : undefined;
}

/**
 * Everything the officer may read at `now`: the city's dictionaries, the own rows, and what grants open. Nothing once they have
 * left.
 */
export async function streamsOf(reader: Reader, person: Person, now: number): Promise<Granted[]> {
  if (!(await activeOfficer(reader, person))) return [];
  const { officerId } = person;
  const always = [districtStream(CITY), personStream(officerId)].map((stream) => ({ stream, until: null }));
  const given = new Map<string, Granted>();
  for (const grant of await reader.grantsOf(person)) {
    if (!isActive(grant, now)) continue;
    const other = given.get(grant.stream);
    if (!other || later(grant.until, other.until)) given.set(grant.stream, { stream: grant.stream, until: grant.until });
  }
  return [...always, ...[...given.values()].filter(({ stream }) => !always.some((one) => one.stream === stream))];
}

const isActive = ({ since, until }: Row<typeof grants>, now: number): boolean => since <= now && (until === null || until > now);
const later = (a: number | null, b: number | null): boolean => b !== null && (a === null || a > b);

/** The actor as the centre knows them today. */
export async function actorOf(reader: Reader, session: Session, now: number): Promise<Actor> {
  const officer = await officerOf(reader, session);
  const streams = await streamsOf(reader, session, now);
  return {
    id: officer.id,
    districtId: officer.districtId,
    roles: officer.roles,
    streams: streams.map(({ stream }) => stream),
  };
}

/** Everybody reads the city's rows; only the city bureau's own staff and machines write them. */
export function mustWorkIn(actor: Actor, district: string): void {
  const stream = districtStream(district);
  mustReach(actor, stream);
  if (district === CITY && actor.districtId !== CITY)
    throw new Fault('grantMissing', 'the city’s rows are read only', { stream });
}
