import type { subjects } from '#shared/tables/subjects.ts';
import { pointIn } from './area.ts';
import { apportion } from './apportion.ts';
import type { Draft } from './command.ts';
import type { Cell } from './grid.ts';
import { creditCode } from './identifiers.ts';
import { type Naming, namer, roadsOf } from './names.ts';
import { mobileNumber, personName } from './people.ts';
import type { DistrictPlan } from './plan.ts';
import { type Random, randomOf } from './random.ts';

export type SubjectDraft = Draft<typeof subjects>;
export type SubjectKind = SubjectDraft['kind'];

/** A subject, the base cell it stands in and its number within the district. */
export interface Subject {
  readonly row: SubjectDraft;
  readonly cell: Cell;
  readonly serial: number;
}

/**
 * Of the caterers with a bright kitchen every sixteenth is a school canteen. The article gives one number for both
 * (10,055) and says that all canteens are connected, so kinds `caterer` and `canteen` together make it.
 */
const CATERERS_PER_CANTEEN = 16;

const RISK = { A: 45, B: 38, C: 13, D: 4 } as const;
const CREDIT = { A: 60, B: 30, C: 8, D: 2 } as const;
/** 包保: A is the foremost subject, of which there are few. Not to be read beside the risk level. */
const STEWARD: Readonly<Record<SubjectKind, Readonly<Record<'A' | 'B' | 'C' | 'D', number>>>> = {
  producer: { A: 10, B: 40, C: 40, D: 10 },
  warehouse: { A: 0, B: 5, C: 45, D: 50 },
  caterer: { A: 0, B: 2, C: 28, D: 70 },
  canteen: { A: 2, B: 58, C: 40, D: 0 },
  careTable: { A: 0, B: 0, C: 20, D: 80 },
};
const STATES = { active: 960, suspended: 20, pending: 10, closed: 10 } as const;

const CODE_KIND: Readonly<Record<SubjectKind, '91' | '92' | '12'>> = {
  producer: '91',
  warehouse: '91',
  caterer: '92',
  canteen: '12',
  careTable: '92',
};

/** Guests or pupils at a meal; not counted where nobody eats. */
function dinersOf(kind: SubjectKind, random: Random): number | null {
  if (kind === 'canteen') return random.int(120, 1800);
  if (kind === 'careTable') return random.int(8, 60);
  return kind === 'caterer' ? random.int(10, 220) : null;
}

function areaM2Of(kind: SubjectKind, random: Random): number {
  if (kind === 'producer') return random.int(300, 9000);
  if (kind === 'warehouse') return random.int(200, 6000);
  return kind === 'canteen' ? random.int(150, 1500) : random.int(30, 400);
}

/** How many of each kind stand in each cell; canteens first in the cell of the station's school. */
function spread(
  { district, figures }: DistrictPlan,
  cells: readonly Cell[],
): ReadonlyMap<Cell, Readonly<Record<SubjectKind, number>>> {
  const canteens = Math.floor(figures.catering / CATERERS_PER_CANTEEN);
  const totals = { ...figures, canteen: canteens, caterer: figures.catering - canteens };
  const shares = (kind: SubjectKind): readonly number[] => {
    const random = randomOf(`spread ${district.code} ${kind}`);
    return apportion(
      totals[kind],
      cells.map(({ school }) => (kind === 'canteen' && school ? 12 : 1 + 2 * random.next())),
    );
  };
  const each = {
    producer: shares('producer'),
    warehouse: shares('warehouse'),
    caterer: shares('caterer'),
    canteen: shares('canteen'),
    careTable: shares('careTable'),
  };
  const count = (kind: SubjectKind, i: number): number => each[kind][i] ?? 0;
  return new Map(
    cells.map((cell, i) => [
      cell,
      {
        canteen: count('canteen', i),
        careTable: count('careTable', i),
        caterer: count('caterer', i),
        warehouse: count('warehouse', i),
        producer: count('producer', i),
      },
    ]),
  );
}

const NAME_PLACE: Readonly<Record<SubjectKind, 'street' | 'district'>> = {
  producer: 'district',
  warehouse: 'district',
  caterer: 'street',
  canteen: 'street',
  careTable: 'street',
};

/** Every subject of a district, cell by cell. */
export function subjectsOf(plan: DistrictPlan, cells: readonly Cell[]): Subject[] {
  const { code, name: districtName } = plan.district;
  const nameOf = namer();
  const made: Subject[] = [];
  const make = (kind: SubjectKind, cell: Cell, nth: number): Subject => {
    const serial = made.length + 1;
    const id = `s-${code}-${String(serial).padStart(5, '0')}`;
    const random = randomOf(`subject ${id}`);
    const school = kind === 'canteen' && nth === 0 ? cell.school : undefined;
    const [lng, lat] = school?.point ?? pointIn(cell.rings, random);
    const street = cell.street.name.replace(/(街道|镇|乡)$/, '');
    const uscc = kind === 'careTable' && random.chance(0.5) ? null : creditCode(CODE_KIND[kind], code, serial);
    const row: SubjectDraft = {
      id,
      name: nameOf(NAME_PLACE[kind] === 'street' ? cell.street.code : code, kind satisfies Naming, {
        district: districtName,
        street,
      }),
      kind,
      uscc,
      usccCheck: uscc === null ? 'none' : 'ok',
      regionId: cell.row.regionId,
      gridId: school?.row.id ?? cell.row.id,
      stationId: cell.row.stationId,
      address: `兰州市${districtName}${cell.street.name}${random.pick(roadsOf(code))}${random.int(1, 699)}号(演示)`,
      lng,
      lat,
      crs: 'gcj02',
      contactName: personName(random),
      contactPhone: mobileNumber(random),
      riskLevel: random.weighted(RISK),
      stewardLevel: random.weighted(STEWARD[kind]),
      creditClass: random.weighted(CREDIT),
      diners: dinersOf(kind, random),
      areaM2: areaM2Of(kind, random),
      brightKitchen: kind === 'caterer' || kind === 'canteen' || (kind === 'careTable' && random.chance(0.7)),
      demo: true,
      state: random.weighted(STATES),
    };
    return { row, cell, serial };
  };
  for (const [cell, counts] of spread(plan, cells))
    for (const [kind, count] of Object.entries(counts) as [SubjectKind, number][])
      for (let nth = 0; nth < count; nth++) made.push(make(kind, cell, nth));
  return made;
}
