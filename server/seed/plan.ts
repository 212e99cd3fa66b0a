import { CHENGGUAN, type District, DISTRICTS, type Figures } from './districts.ts';
import { type Place, shortName, type Street, streetsOfBureau } from './geography.ts';

/** `village`: one station's worth, for tests; `district`: 城关 whole; `city`: all eight. */
export const SIZES = ['village', 'district', 'city'] as const;
export type Size = (typeof SIZES)[number];

export interface Station {
  readonly id: string;
  readonly name: string;
  readonly streets: readonly Street[];
}

/** What of one district is made. */
export interface DistrictPlan {
  readonly district: District;
  readonly figures: Figures;
  readonly stations: readonly Station[];
}

const VILLAGE: Figures = { careTable: 21, producer: 1, warehouse: 8, catering: 90 };

/** Units of the code list that are no street (高新区, 农垦集团, …): the third last digit of their code is 4. */
const isUnit = (street: Place): boolean => street.code[6] === '4';

/** Neighbouring streets share a station; of the units each goes to one of the last stations. */
export function stationsOf({ code, stations }: District): Station[] {
  const all = streetsOfBureau(code);
  const [streets, units] = [all.filter((street) => !isUnit(street)), all.filter(isUnit)];
  return Array.from({ length: stations }, (_, i) => {
    const own = streets.filter((_street, k) => Math.floor((k * stations) / streets.length) === i);
    const first = shortName(own[0]?.name ?? '');
    return {
      id: `u-${code}-${String(i + 1).padStart(2, '0')}`,
      name: `${first}市场监督管理所`,
      streets: [...own, ...units.filter((_unit, k) => stations - 1 - k === i)],
    };
  });
}

const whole = (district: District): DistrictPlan => ({ district, figures: district.figures, stations: stationsOf(district) });

export function planOf(size: Size): readonly DistrictPlan[] {
  if (size === 'city') return DISTRICTS.map(whole);
  if (size === 'district') return [whole(CHENGGUAN)];
  return [{ district: CHENGGUAN, figures: VILLAGE, stations: stationsOf(CHENGGUAN).slice(0, 1) }];
}
