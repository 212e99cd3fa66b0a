import { CITY } from '#shared/schema/stream.ts';
import { orgUnits } from '#shared/tables/org-units.ts';
import { regions } from '#shared/tables/regions.ts';
import { bring, type Draft, type SeedCommand } from './command.ts';
import { DISTRICTS } from './districts.ts';
import { centerOf, DIVISIONS } from './geography.ts';
import { type DistrictPlan, type Size, stationsOf } from './plan.ts';

type Region = Draft<typeof regions>;

const LANZHOU: readonly [number, number] = [103.8236, 36.0581];
const SUPERVISED = new Set(DISTRICTS.map(({ code }) => code));

function* allRegions(): Generator<Region> {
  yield { id: CITY, name: '兰州市', level: 'city', parentId: null, lng: LANZHOU[0], lat: LANZHOU[1] };
  for (const unit of DIVISIONS) {
    const [lng, lat] = SUPERVISED.has(unit.code) ? centerOf(unit.code) : [null, null];
    yield { id: unit.code, name: unit.name, level: 'district', parentId: CITY, lng, lat };
    for (const street of unit.streets) {
      yield { id: street.code, name: street.name, level: 'street', parentId: unit.code, lng: null, lat: null };
      for (const { code, name } of street.communities)
        yield { id: code, name, level: 'community', parentId: street.code, lng: null, lat: null };
    }
  }
}

/** Is the region needed where only some stations are made: an upper one, or within one of their streets? */
function within(plans: readonly DistrictPlan[]): (region: Region) => boolean {
  const streets = new Set(plans.flatMap((plan) => plan.stations.flatMap((station) => station.streets.map(({ code }) => code))));
  return ({ id }) => id.length <= 6 || streets.has(id.slice(0, 9));
}

/** Official complaint line, the same for every body. */
const HOTLINE = '12315';

function* bodies(): Generator<Draft<typeof orgUnits>> {
  yield {
    id: 'u-620100',
    kind: 'city',
    name: '兰州市市场监督管理局',
    shortName: '兰',
    regionCodes: [CITY],
    parentId: null,
    phone: HOTLINE,
  };
  for (const district of DISTRICTS) {
    const bureauId = `u-${district.code}`;
    yield {
      id: bureauId,
      kind: 'bureau',
      name: `${district.name}市场监督管理局`,
      shortName: district.shortName,
      regionCodes: [district.code],
      parentId: 'u-620100',
      phone: HOTLINE,
    };
    for (const { id, name, streets } of stationsOf(district)) {
      const regionCodes = streets.map(({ code }) => code);
      yield { id, kind: 'station', name, shortName: district.shortName, regionCodes, parentId: bureauId, phone: HOTLINE };
    }
  }
}

/** Regions and supervising bodies; a village gets only the communities of its own station. */
export function* dictionaries(size: Size, plans: readonly DistrictPlan[], at: number): Generator<SeedCommand> {
  const wanted = size === 'village' ? within(plans) : () => true;
  for (const region of allRegions()) if (wanted(region)) yield bring(regions, CITY, region, at);
  for (const body of bodies()) yield bring(orgUnits, CITY, body, at);
}
