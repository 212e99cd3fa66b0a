import type { subjects } from '#shared/tables/subjects.ts';
import { pointIn } from './area.ts';
import type { Draft } from './command.ts';
import type { District } from './districts.ts';
import type { Cell } from './grid.ts';
import { creditCode } from './identifiers.ts';
import { namer, roadsOf } from './names.ts';
import { mobileNumber, personName } from './people.ts';
import type { DistrictPlan } from './plan.ts';
import { type Random, randomOf } from './random.ts';
import { KINDS, spread, type SubjectKind } from './spread.ts';

export type SubjectDraft = Draft<typeof subjects>;

/** A subject, the base cell it stands in and its number within the district. */
export interface Subject {
  readonly row: SubjectDraft;
  readonly cell: Cell;
  readonly serial: number;
}

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

/** Every subject of a district, cell by cell. */
export function subjectsOf(plan: DistrictPlan, cells: readonly Cell[]): Subject[] {
  const nameOf = namer(plan.district);
  const counts = spread(plan, cells);
  const made: Subject[] = [];
  for (const [i, cell] of cells.entries())
    for (const kind of KINDS)
      for (let nth = 0; nth < (counts[kind][i] ?? 0); nth++) {
        const serial = made.length + 1;
        const school = kind === 'canteen' && nth === 0 ? cell.school : undefined;
        const row = subject(plan.district, kind, cell, school, serial, nameOf(kind, cell.street));
        made.push({ row, cell, serial });
      }
  return made;
}

function subject(
  { code, name: districtName }: District,
  kind: SubjectKind,
  cell: Cell,
  school: Cell['school'],
  serial: number,
  name: string,
): SubjectDraft {
  const id = `s-${code}-${String(serial).padStart(5, '0')}`;
  const random = randomOf(`subject ${id}`);
  const [lng, lat] = school?.point ?? pointIn(cell.rings, random);
  const uscc = kind === 'careTable' && random.chance(0.5) ? null : creditCode(CODE_KIND[kind], code, serial);
  return {
    id,
    name,
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
}
