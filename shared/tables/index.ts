/** The registry: two lines per table, in the order in which they may point at each other. */
import type { Mutation } from '../schema/mutation.ts';
import type { Table } from '../schema/table.ts';
import { attachmentMutations, attachments } from './attachments.ts';
import { channelMutations, channels } from './channels.ts';
import { checklistTemplateMutations, checklistTemplates } from './checklist-templates.ts';
import { grantMutations, grants } from './grants.ts';
import { gridCellMutations, gridCells } from './grid-cells.ts';
import { heldWork, heldWorkMutations } from './held-work.ts';
import { inspectionMutations, inspections } from './inspections.ts';
import { licenceMutations, licences } from './licences.ts';
import { officerMutations, officers } from './officers.ts';
import { orgUnitMutations, orgUnits } from './org-units.ts';
import { problemMutations, problems } from './problems.ts';
import { regionMutations, regions } from './regions.ts';
import { subjectMutations, subjects } from './subjects.ts';
import { taskMutations, tasks } from './tasks.ts';

export const tables = {
  regions,
  orgUnits,
  officers,
  grants,
  gridCells,
  subjects,
  licences,
  channels,
  checklistTemplates,
  tasks,
  inspections,
  problems,
  attachments,
  heldWork,
} as const;

export const mutations = {
  regions: regionMutations,
  orgUnits: orgUnitMutations,
  officers: officerMutations,
  grants: grantMutations,
  gridCells: gridCellMutations,
  subjects: subjectMutations,
  licences: licenceMutations,
  channels: channelMutations,
  checklistTemplates: checklistTemplateMutations,
  tasks: taskMutations,
  inspections: inspectionMutations,
  problems: problemMutations,
  attachments: attachmentMutations,
  heldWork: heldWorkMutations,
} as const;

export type Tables = typeof tables;
export type TableName = keyof Tables;

/** A mutation with where it stands: `subjects.edit` is `{ table: subjects, … }`. */
export interface NamedMutation {
  readonly name: string;
  readonly table: Table;
  readonly mutation: Mutation;
}

export const tableList: readonly Table[] = Object.values(tables);
export const tableOfKind: ReadonlyMap<number, Table> = new Map(tableList.map((t) => [t.kind, t]));
export const tableOfName: ReadonlyMap<string, Table> = new Map(tableList.map((t) => [t.name, t]));

/** Every mutation by its full name. A `Map`: no name of the wire ever reaches a prototype. */
export const mutationOfName: ReadonlyMap<string, NamedMutation> = new Map(
  Object.entries(mutations).flatMap(([tableName, verbs]) =>
    Object.entries(verbs).map(([verb, mutation]) => {
      const name = `${tableName}.${verb}`;
      const t = tableOfName.get(tableName) as Table;
      return [name, { name, table: t, mutation }] as const;
    }),
  ),
);
