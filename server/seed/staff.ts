import { CITY, districtStream, supervisorStream } from '#shared/schema/stream.ts';
import { grants } from '#shared/tables/grants.ts';
import { officers } from '#shared/tables/officers.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import { bring, type Draft, type SeedCommand } from './command.ts';
import { officerIdOf } from './demo-accounts.ts';
import { DISTRICTS } from './districts.ts';
import { mobileNumber, personName } from './people.ts';
import type { DistrictPlan, Station } from './plan.ts';
import { randomOf } from './random.ts';

type Officer = Draft<typeof officers>;
type Roles = Officer['roles'];

/** Who works at a station, by id. */
export interface Crew {
  readonly head: string;
  readonly officers: readonly string[];
  readonly workers: readonly string[];
}

/** Eight at every station: its head, five certified officers, two grid workers. */
const OFFICERS = 5;
const WORKERS = 2;
const ADMINS = 2;
const CITY_STAFF = 6;

const numbered = (n: number): string => String(n).padStart(2, '0');

export function crewOf(pinyin: string, station: number): Crew {
  const some = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, i) => officerIdOf(`${prefix}${numbered(station * count + i + 1)}`));
  return {
    head: officerIdOf(station === 0 ? `${pinyin}-head` : `${pinyin}-head${numbered(station + 1)}`),
    officers: some(OFFICERS, pinyin),
    workers: some(WORKERS, `${pinyin}-grid`),
  };
}

/** Grid workers have no enforcement certificate: they only report. */
function person(id: string, orgUnitId: string, district: string, roles: Roles, base: number): Officer {
  const random = randomOf(`officer ${id}`);
  const certified = !roles.includes('gridWorker');
  return {
    id,
    name: personName(random),
    account: id.slice(2),
    orgUnitId,
    roles,
    certNo: certified ? `演示${district}${String(random.int(0, 999_999)).padStart(6, '0')}` : null,
    certExpires: certified ? dayOf(base + random.int(20, 1800) * DAY_MS) : null,
    phone: mobileNumber(random),
    state: 'active',
  };
}

function* hire(officer: Officer, district: string, streams: readonly string[], since: number): Generator<SeedCommand> {
  yield bring(officers, district, officer, since);
  for (const stream of streams) {
    const id = `g-${officer.account}-${stream.replace(':', '')}`;
    yield bring(grants, district, { id, officerId: officer.id, stream, since, until: null }, since);
  }
}

/** The people of the city bureau, who may work in every district. */
export function* cityStaff(base: number, since: number): Generator<SeedCommand> {
  const streams = DISTRICTS.flatMap(({ code }) => [districtStream(code), supervisorStream(code)]);
  for (let i = 1; i <= CITY_STAFF; i++) {
    const officer = person(officerIdOf(`city${numbered(i)}`), 'u-620100', CITY, ['cityBureau'], base);
    yield* hire(officer, CITY, streams, since);
  }
}

function* stationStaff(station: Station, crew: Crew, district: string, base: number): Generator<Officer> {
  yield person(crew.head, station.id, district, ['officer', 'stationHead'], base);
  for (const id of crew.officers) yield person(id, station.id, district, ['officer'], base);
  for (const id of crew.workers) yield person(id, station.id, district, ['gridWorker'], base);
}

/** The people of a district bureau and of its stations, each with the grant on the district's stream. */
export function* districtStaff({ district, stations }: DistrictPlan, base: number, since: number): Generator<SeedCommand> {
  const { code, pinyin } = district;
  const work = [districtStream(code)];
  const supervision = [...work, supervisorStream(code)];
  for (let i = 1; i <= ADMINS; i++) {
    const id = officerIdOf(i === 1 ? `${pinyin}-admin` : `${pinyin}-admin${numbered(i)}`);
    yield* hire(person(id, `u-${code}`, code, ['bureauAdmin'], base), code, supervision, since);
  }
  for (const [i, station] of stations.entries())
    for (const officer of stationStaff(station, crewOf(pinyin, i), code, base))
      yield* hire(officer, code, officer.roles.includes('stationHead') ? supervision : work, since);
}
