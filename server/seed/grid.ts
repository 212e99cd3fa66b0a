import type { gridCells } from '#shared/tables/grid-cells.ts';
import { type Area, around, divide, outline, type Point, pointIn, type Ring } from './area.ts';
import type { Draft } from './command.ts';
import { areaOf, drawnIn, type Place, type Street, streetsDrawnIn } from './geography.ts';
import type { DistrictPlan } from './plan.ts';
import { randomOf } from './random.ts';
import { type Crew, crewOf } from './staff.ts';

/** One base cell and who answers for it. */
export interface Cell {
  readonly row: Draft<typeof gridCells>;
  readonly rings: readonly Ring[];
  readonly street: Street;
  readonly crew: Crew;
  /** The special cell around a school inside this cell; one per station. */
  readonly school: { readonly row: Draft<typeof gridCells>; readonly point: Point } | undefined;
}

/** 校园周边: within two hundred metres of a school. */
const SCHOOL_RADIUS_M = 200;

/** Every community drawn in the boundary of `district`, with its share of it. */
function shares(district: string): ReadonlyMap<string, Area> {
  const communities = streetsDrawnIn(district).flatMap((street) => street.communities);
  const parts = divide(areaOf(district), communities.length);
  return new Map(communities.map(({ code }, i) => [code, parts[i] as Area]));
}

interface Where {
  readonly community: Place;
  readonly street: Street;
  readonly stationId: string;
  readonly crew: Crew;
  /** Place of the community among those of its station. */
  readonly nth: number;
}

function cellOf({ community, street, stationId, crew, nth }: Where, area: Area, noticeOn: string): Cell {
  const rings = outline(area);
  const pair = [0, 1].map((k) => crew.officers[(nth + k) % crew.officers.length] as string);
  const officerIds = [...pair, crew.workers[nth % crew.workers.length] as string];
  const shared = { regionId: community.code, stationId, officerIds, noticeOn, state: 'active' } as const;
  const called = community.name.replace(/(居委会|村委会)$/, '');
  const id = `${community.code}001`;
  const base = { id, code: id, name: `${called}(演示网格)`, kind: 'base', polygon: rings, schoolRadiusM: null } as const;
  const row = { ...shared, ...base };
  if (nth > 0) return { row, rings, street, crew, school: undefined };
  const point = pointIn(rings, randomOf(`school ${community.code}`));
  const special = `${community.code}002`;
  const school = {
    ...shared,
    id: special,
    code: special,
    name: `${called}学校周边(演示网格)`,
    kind: 'special',
    polygon: outline(around(point, SCHOOL_RADIUS_M, [[rings[0] ?? []]])),
    schoolRadiusM: SCHOOL_RADIUS_M,
  } as const;
  return { row, rings, street, crew, school: { row: school, point } };
}

/** The base cells of a district, station by station. `noticeOn`: day on which the name boards were put up. */
export function cellsOf({ district, stations }: DistrictPlan, noticeOn: string): Cell[] {
  const cuts = new Map<string, ReadonlyMap<string, Area>>();
  const areaIn = (boundary: string, community: string): Area => {
    const cut = cuts.get(boundary) ?? shares(boundary);
    cuts.set(boundary, cut);
    return cut.get(community) ?? [];
  };
  return stations.flatMap((station, i) => {
    const crew = crewOf(district.pinyin, i);
    const communities = station.streets.flatMap((street) => street.communities.map((community) => ({ street, community })));
    return communities.map((at, nth) =>
      cellOf({ ...at, stationId: station.id, crew, nth }, areaIn(drawnIn(at.street), at.community.code), noticeOn),
    );
  });
}
