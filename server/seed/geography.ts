import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Area } from './area.ts';

const place = z.object({ code: z.string(), name: z.string() });
const division = place.extend({ streets: z.array(place.extend({ communities: z.array(place) })) });
const boundary = place.extend({
  center: z.tuple([z.number(), z.number()]),
  parts: z.array(z.array(z.tuple([z.number(), z.number()]))),
});

export type Place = z.infer<typeof place>;
export type Division = z.infer<typeof division>;
export type Street = Division['streets'][number];

/** A place without what its name says of its rank: 酒泉路 of 酒泉路街道. */
export const shortName = (name: string): string => name.replace(/(街道|镇|乡|区|县)$/, '');

const read = <T>(name: string, schema: z.ZodType<T>): T =>
  schema.parse(JSON.parse(readFileSync(new URL(`../../resources/geo/${name}`, import.meta.url), 'utf8')));

/** Nine county units of the statistical code list, with their streets and communities. */
export const DIVISIONS: readonly Division[] = read('divisions.json', z.array(division));

const BOUNDARIES = read('boundaries.json', z.array(boundary));

/** Streets that the code list counts to one district while another bureau supervises them: the four towns of 兰州新区. */
const SUPERVISED_BY: Readonly<Record<string, string>> = {
  '620171101': '620121',
  '620171102': '620121',
  '620171103': '620122',
  '620171104': '620121',
};

/** Streets that lie in the boundary of another district than their bureau's: 忠和镇 and 九合镇, 安宁 by code, drawn inside 皋兰. */
const DRAWN_IN: Readonly<Record<string, string>> = { '620105100': '620122', '620105101': '620122' };

const bureauOf = (street: Street): string => SUPERVISED_BY[street.code] ?? street.code.slice(0, 6);
const allStreets: readonly Street[] = DIVISIONS.flatMap((one) => one.streets);

/** Streets under the bureau of a district, in the order of their codes. */
export const streetsOfBureau = (district: string): readonly Street[] =>
  allStreets.filter((street) => bureauOf(street) === district);

/** District in whose boundary a street is drawn. */
export const drawnIn = (street: Street): string => DRAWN_IN[street.code] ?? bureauOf(street);

/** Streets that share the boundary of a district; towns of another bureau last, so that they are drawn in its south, towards 安宁. */
export const streetsDrawnIn = (district: string): readonly Street[] =>
  allStreets
    .filter((street) => drawnIn(street) === district)
    .toSorted((a, b) => Number(bureauOf(a) !== district) - Number(bureauOf(b) !== district));

const boundaryOf = (district: string) => {
  const found = BOUNDARIES.find(({ code }) => code === district);
  if (!found) throw new Error(`no boundary of ${district}`);
  return found;
};

export const areaOf = (district: string): Area => boundaryOf(district).parts.map((ring) => [ring]);
/** Longitude and latitude of the seat of a district, degrees, GCJ-02. */
export const centerOf = (district: string): readonly [number, number] => boundaryOf(district).center;
