import type { licences } from '#shared/tables/licences.ts';
import { DAY_MS, dayOf } from './calendar.ts';
import type { Draft } from './command.ts';
import { businessLicence, misread, productionLicence } from './identifiers.ts';
import { type Random, randomOf } from './random.ts';
import type { Subject } from './subjects.ts';

type Licence = Draft<typeof licences>;
type Paper = Pick<Licence, 'kind' | 'no' | 'scope'>;

/** Food categories of production licences; the first digit 1 is food. */
const CATEGORIES = [
  ['101', '粮食加工品'],
  ['103', '调味品'],
  ['104', '肉制品'],
  ['105', '乳制品'],
  ['106', '饮料'],
  ['111', '速冻食品'],
  ['116', '蔬菜制品'],
  ['124', '糕点'],
  ['125', '豆制品'],
] as const;

/** One number in fifty does not fit its check digit, as registers of the field have it. */
const MISREAD = 50;

/** Registrations and filings of small businesses carry no check digit that is known to us. */
const local = (letters: string, district: string, serial: number): string =>
  `${letters}${district}${String(serial).padStart(6, '0')}`;

function paperOf({ row, serial }: Subject, district: string, random: Random): Paper | undefined {
  switch (row.kind) {
    case 'producer': {
      const [category, scope] = random.pick(CATEGORIES);
      return { kind: 'SC', no: productionLicence(category, district, serial), scope };
    }
    case 'warehouse':
      return { kind: 'JY', no: businessLicence(1, district, serial), scope: '预包装食品(含冷藏冷冻食品)贮存、销售' };
    case 'canteen':
      return { kind: 'JY', no: businessLicence(3, district, serial), scope: '热食类食品制售' };
    case 'caterer':
      return random.chance(0.72)
        ? { kind: 'JY', no: businessLicence(2, district, serial), scope: '热食类食品制售、冷食类食品制售' }
        : { kind: 'XCY', no: local('XCY', district, serial), scope: '小餐饮' };
    case 'careTable': {
      if (random.chance(0.08)) return undefined;
      if (random.chance(0.25)) return { kind: 'JY', no: businessLicence(2, district, serial), scope: '热食类食品制售' };
      return random.chance(0.15)
        ? { kind: 'XCY', no: local('XCY', district, serial), scope: '小餐饮' }
        : { kind: 'BA', no: local('BA', district, serial), scope: '校外托管用餐' };
    }
  }
}

/** Days from the base day to the end of a licence: some are past it, some about to be. */
function daysLeft(random: Random): number {
  const draw = random.next();
  if (draw < 0.012) return -random.int(1, 40);
  return draw < 0.055 ? random.int(1, 30) : random.int(31, 1800);
}

/** The licence, registration or filing of a subject; a few care tables have none. */
export function licenceOf(subject: Subject, district: string, base: number): Licence | undefined {
  const random = randomOf(`licence ${subject.row.id}`);
  const paper = paperOf(subject, district, random);
  if (!paper) return undefined;
  const checked = paper.kind === 'SC' || paper.kind === 'JY';
  const wrong = checked && (subject.serial * 7) % MISREAD === 3;
  return {
    id: `l-${subject.row.id.slice(2)}`,
    subjectId: subject.row.id,
    kind: paper.kind,
    no: wrong ? misread(paper.no) : paper.no,
    noCheck: wrong ? 'toVerify' : checked ? 'ok' : 'none',
    validTo: dayOf(base + daysLeft(random) * DAY_MS),
    scope: paper.scope,
  };
}
