import type { Row } from '#shared/schema/table.ts';
import type { subjects } from '#shared/tables/subjects.ts';
import { apportion } from './apportion.ts';
import type { Cell } from './grid.ts';
import type { DistrictPlan } from './plan.ts';
import { randomOf } from './random.ts';

export type SubjectKind = Row<typeof subjects>['kind'];

/** Kinds in the order in which the subjects of a cell are numbered. */
export const KINDS: readonly SubjectKind[] = ['canteen', 'careTable', 'caterer', 'warehouse', 'producer'];

/**
 * Of the caterers with a bright kitchen every sixteenth is a school canteen. The article gives one number for both
 * (10,055) and says that all canteens are connected, so kinds `caterer` and `canteen` together make it.
 */
const CATERERS_PER_CANTEEN = 16;

/** A station's school has that many times the canteens of an ordinary community, so that its special cell is never empty. */
const SCHOOL_WEIGHT = 12;

/** How many subjects of each kind stand in each cell; the sums are exactly the figures of the district. */
export function spread(
  { district, figures }: DistrictPlan,
  cells: readonly Cell[],
): Readonly<Record<SubjectKind, readonly number[]>> {
  const canteens = Math.floor(figures.catering / CATERERS_PER_CANTEEN);
  const over = (kind: SubjectKind, total: number): readonly number[] => {
    const random = randomOf(`spread ${district.code} ${kind}`);
    return apportion(
      total,
      cells.map(({ school }) => (kind === 'canteen' && school ? SCHOOL_WEIGHT : 1 + 2 * random.next())),
    );
  };
  return {
    canteen: over('canteen', canteens),
    careTable: over('careTable', figures.careTable),
    caterer: over('caterer', figures.catering - canteens),
    warehouse: over('warehouse', figures.warehouse),
    producer: over('producer', figures.producer),
  };
}
