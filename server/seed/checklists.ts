import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { checklistTemplates } from '#shared/tables/checklist-templates.ts';
import type { Draft } from './command.ts';
import type { SubjectKind } from './spread.ts';

export type Checklist = Draft<typeof checklistTemplates>;

const columns = Object.fromEntries(Object.entries(checklistTemplates.columns).map(([name, { zod }]) => [name, zod]));
const schema = z.strictObject({ ...columns, id: z.string() }) as unknown as z.ZodType<Checklist>;

/**
 * A list under `resources/checklists`. The caterers' list has the number of items, the categories and the seven key items of the
 * published table of 2016; which items are key beside 5-8 and 15, and the wording of all, are ours until checked against it.
 * A corrected list is a new version, because every inspection keeps the one it was made with.
 */
const read = (name: string): Checklist =>
  schema.parse(JSON.parse(readFileSync(new URL(`../../resources/checklists/${name}.json`, import.meta.url), 'utf8')));

const CATERING = read('catering');
const CARE_TABLE = read('care-table');
const PRODUCTION = read('production');
const SALES = read('sales');

export const CHECKLISTS: readonly Checklist[] = [CATERING, CARE_TABLE, PRODUCTION, SALES];

/** The list a visit to such a subject is made with. */
export const CHECKLIST_OF: Readonly<Record<SubjectKind, Checklist>> = {
  caterer: CATERING,
  canteen: CATERING,
  careTable: CARE_TABLE,
  producer: PRODUCTION,
  warehouse: SALES,
};
