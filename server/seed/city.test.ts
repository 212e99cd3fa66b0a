import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { creditCodeFlaw } from '#shared/domain/credit-code.ts';
import { parseGb28181Id } from '#shared/domain/gb28181-id.ts';
import { businessLicenceFlaw, productionLicenceFlaw } from '#shared/domain/licence-number.ts';
import { judge, unanswered } from '#shared/domain/verdict.ts';
import { CITY } from '#shared/schema/stream.ts';
import { checkArgs, type Row, rowSchema, type Table } from '#shared/schema/table.ts';
import { mutationOfName, tableOfName, tables } from '#shared/tables/index.ts';
import { type Point, ringHolds } from './area.ts';
import { demonstrationCity } from './city.ts';
import type { SeedCommand } from './command.ts';
import { DISTRICTS, type Figures } from './districts.ts';
import type { Size } from './plan.ts';

/** Half past four in the afternoon of a working Wednesday. */
const NOW = Date.parse('2022-06-15T08:30:00Z');

const city = [...demonstrationCity('city', NOW)];

const rowsOf = <T extends Table>(t: T): readonly Row<T>[] =>
  city
    .filter(({ name }) => name.startsWith(`${t.name}.`))
    .map(({ args, district }) => ({ ...args, districtId: district }) as Row<T>);

const subjects = rowsOf(tables.subjects);
const cells = new Map(rowsOf(tables.gridCells).map((cell) => [cell.id, cell]));
const share = (part: readonly unknown[], whole: readonly unknown[]): number => part.length / whole.length;

const total = (key: keyof Figures): number => DISTRICTS.reduce((sum, { figures }) => sum + figures[key], 0);

/** Street codes of 兰州新区 that the bureau of a district supervises. */
const newAreaStreets = (district: string): Set<string> =>
  new Set(
    [...cells.values()]
      .filter(({ districtId, id }) => districtId === district && id.startsWith('620171'))
      .map(({ id }) => id.slice(0, 9)),
  );

/** What one kind of command says in 城关. */
const said = (commands: Iterable<SeedCommand>, name: string): string[] =>
  [...commands].filter((one) => one.name === name && one.district === '620102').map(({ args }) => JSON.stringify(args));

function expectBetween(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe('as data of the centre', () => {
  test('every argument and every row fits its definition', () => {
    for (const { name, args, district } of city) {
      const known = mutationOfName.get(name);
      expect(checkArgs(known?.mutation.args ?? {}, args)).toEqual(args);
      expect(rowSchema(known?.table ?? tables.regions).safeParse({ ...args, districtId: district }).success).toBe(true);
    }
  });

  test('ids are given once, and every row comes after those it points at, of its district or of the city', () => {
    const known = new Set<string>();
    const missing: string[] = [];
    const seek = (t: string, district: string, id: unknown) => {
      const key = `${t} ${tableOfName.get(t)?.scope === 'city' ? CITY : district} ${id as string}`;
      if (id !== null && !known.has(key)) missing.push(key);
    };
    for (const { name, args, district } of city) {
      const t = mutationOfName.get(name)?.table;
      for (const [field, column] of Object.entries(t?.columns ?? {})) if (column.ref) seek(column.ref, district, args[field]);
      for (const field of ['officerIds', 'assigneeIds'])
        for (const id of (args[field] ?? []) as string[]) seek('officers', district, id);
      const key = `${t?.name} ${district} ${args['id'] as string}`;
      expect(known.has(key)).toBe(false);
      known.add(key);
    }
    expect(missing).toEqual([]);
  });

  test.each<Size>(['village', 'district', 'city'])('a %s made twice on one day is the same to the last character', (size) => {
    const digest = (now: number): string => {
      const hash = createHash('sha256');
      for (const command of demonstrationCity(size, now)) hash.update(JSON.stringify(command));
      return hash.digest('hex');
    };
    expect(digest(NOW)).toBe(digest(NOW + 3_600_000));
  });

  test('nothing has happened after the base day began, and something is due after it', () => {
    const base = Date.parse('2022-06-14T16:00:00Z');
    expect(Math.max(...city.map(({ at }) => at).slice(0, 50_000), ...city.map(({ at }) => at).slice(50_000))).toBeLessThanOrEqual(
      base,
    );
    expect(rowsOf(tables.tasks).some(({ dueAt }) => dueAt > base)).toBe(true);
  });
});

describe('by the figures', () => {
  test.each(DISTRICTS.map((one) => [one.name, one] as const))('%s has exactly the subjects of its table', (_name, district) => {
    const of = (...kinds: string[]) =>
      subjects.filter(({ districtId, kind }) => districtId === district.code && kinds.includes(kind)).length;
    expect({
      careTable: of('careTable'),
      producer: of('producer'),
      warehouse: of('warehouse'),
      catering: of('caterer', 'canteen'),
    }).toEqual(district.figures);
  });

  test('the districts add up to the figures of the city', () => {
    expect([total('careTable'), total('producer'), total('warehouse'), total('catering')]).toEqual([2189, 291, 963, 10_055]);
    expect(subjects).toHaveLength(13_498);
  });

  test('116 streets and 1,177 communities, each community with its base cell', () => {
    const regions = rowsOf(tables.regions);
    expect(regions.filter(({ level }) => level === 'street')).toHaveLength(116);
    const communities = regions.filter(({ level }) => level === 'community').map(({ id }) => `${id}001`);
    expect(communities).toHaveLength(1177);
    const base = [...cells.values()].filter(({ kind }) => kind === 'base').map(({ code }) => code);
    expect(base.toSorted()).toEqual(communities.toSorted());
  });

  test('about 32,000 channels, 12,900 of them in 城关, four to eight in a hundred offline', () => {
    const channels = rowsOf(tables.channels);
    expectBetween(channels.length, 31_500, 33_000);
    expectBetween(channels.filter(({ districtId }) => districtId === '620102').length, 12_500, 13_300);
    expectBetween(
      share(
        channels.filter(({ state }) => state === 'offline'),
        channels,
      ),
      0.04,
      0.08,
    );
    expect(new Set(channels.map(({ gbId }) => gbId)).size).toBe(channels.length);
    for (const { gbId, districtId } of channels)
      expect(parseGb28181Id(gbId)).toMatchObject({ regionCode: districtId, type: '132' });
  });

  test('城关 has 24 stations of eight people', () => {
    const stations = rowsOf(tables.orgUnits).filter(({ parentId }) => parentId === 'u-620102');
    expect(stations).toHaveLength(24);
    for (const { id, regionCodes } of stations) {
      expectBetween(regionCodes.length, 1, 3);
      expect(rowsOf(tables.officers).filter(({ orgUnitId }) => orgUnitId === id)).toHaveLength(8);
    }
  });

  test('settled problems are shaped like the published funnel', () => {
    const all = rowsOf(tables.problems).filter(({ id }) => !id.includes('open'));
    const captures = all.filter(({ source }) => source === 'capture');
    const real = all.filter(({ state }) => state !== 'falsePositive');
    expectBetween(share(captures, all), 0.69, 0.71);
    expectBetween(
      share(
        captures.filter(({ state }) => state === 'falsePositive'),
        captures,
      ),
      0.08,
      0.1,
    );
    expectBetween(
      share(
        real.filter(({ state, deadlineAt }) => state === 'closed' && deadlineAt === null),
        real,
      ),
      0.96,
      0.98,
    );
    expectBetween(
      share(
        real.filter(({ state, deadlineAt }) => state === 'closed' && deadlineAt !== null),
        real,
      ),
      0.01,
      0.03,
    );
    expectBetween(
      share(
        real.filter(({ state }) => state === 'escalatedCase'),
        real,
      ),
      0.003,
      0.005,
    );
  });
});

describe('as a fiction', () => {
  test('every subject says in its name that it is a demonstration, and no name is given twice in a district', () => {
    for (const { name, demo } of subjects) expect([name.includes('演示'), demo]).toEqual([true, true]);
    expect(new Set(subjects.map(({ name, districtId }) => districtId + name)).size).toBe(subjects.length);
  });

  test('credit codes fit; a licence number that does not fit is marked, and one in fifty is', () => {
    const codes = subjects.flatMap(({ uscc }) => uscc ?? []);
    for (const code of codes) expect(creditCodeFlaw(code)).toBeUndefined();
    expect(new Set(codes).size).toBe(codes.length);
    const checked = rowsOf(tables.licences).filter(({ kind }) => kind === 'SC' || kind === 'JY');
    for (const { kind, no, noCheck } of checked) {
      const flaw = kind === 'SC' ? productionLicenceFlaw(no) : businessLicenceFlaw(no);
      expect(flaw).toBe(noCheck === 'toVerify' ? 'check' : undefined);
    }
    expectBetween(
      share(
        checked.filter(({ noCheck }) => noCheck === 'toVerify'),
        checked,
      ),
      0.015,
      0.025,
    );
  });

  test('every subject stands inside its grid cell, in a cell of its own community and station', () => {
    for (const { lng, lat, gridId, regionId, stationId } of subjects) {
      const cell = cells.get(gridId);
      expect(cell?.polygon?.some((ring) => ringHolds(ring as Point[], [lng ?? 0, lat ?? 0]))).toBe(true);
      expect([cell?.regionId, cell?.stationId]).toEqual([regionId, stationId]);
    }
  });

  test('a finished inspection answers its whole list, by two certified officers, and has the verdict that follows', () => {
    const lists = new Map(rowsOf(tables.checklistTemplates).map((list) => [list.id, list]));
    const certified = new Set(rowsOf(tables.officers).flatMap(({ id, certNo }) => (certNo === null ? [] : [id])));
    for (const { templateId, answers, verdict, officerIds } of rowsOf(tables.inspections)) {
      const list = lists.get(templateId) ?? { items: [], maxGeneralFails: 0 };
      expect(unanswered(list, answers)).toEqual([]);
      expect(judge(list, answers)).toBe(verdict);
      expect([officerIds.length, officerIds.every((id) => certified.has(id))]).toEqual([2, true]);
    }
  });

  test('the caterers’ list has thirty items, seven of them key items', () => {
    const list = rowsOf(tables.checklistTemplates).find(({ domain }) => domain === 'catering');
    expect(list?.items.map(({ no }) => no)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(list?.items.filter(({ key }) => key)).toHaveLength(7);
  });
});

test('the towns of 兰州新区 keep their own code under the bureaus that supervise them', () => {
  expect([...newAreaStreets('620121')].toSorted()).toEqual(['620171101', '620171102', '620171104']);
  expect([...newAreaStreets('620122')]).toEqual(['620171103']);
});

test('a smaller size is a part of the city: the district whole, its village with the same people and cells', () => {
  for (const name of ['officers.enrol', 'gridCells.draw']) {
    const all = new Set(said(city, name));
    expect(said(demonstrationCity('district', NOW), name).toSorted()).toEqual([...all].toSorted());
    expect(said(demonstrationCity('village', NOW), name).every((one) => all.has(one))).toBe(true);
  }
});
