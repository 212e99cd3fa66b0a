import type { RowOf } from '#shared/schema/column.ts';
import type { Table } from '#shared/schema/table.ts';

/** One mutation by which the demonstration city comes into being; the system gives it at the centre. */
export interface SeedCommand {
  readonly district: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** When it happened, ms. */
  readonly at: number;
}

/** A row before it has a district: what a registration takes. */
export type Draft<T extends Table> = RowOf<T['columns']> & { readonly id: string };

/** The registration of each table that the city is made of. */
const REGISTRATION = {
  regions: 'define',
  orgUnits: 'define',
  officers: 'enrol',
  grants: 'give',
  gridCells: 'draw',
  subjects: 'register',
  licences: 'record',
  channels: 'register',
  checklistTemplates: 'publish',
  tasks: 'dispatch',
  inspections: 'record',
  problems: 'record',
} as const;

type Seeded = Table<keyof typeof REGISTRATION>;

/** The command that brings `draft` into being in `district`. */
export const bring = <T extends Seeded>(t: T, district: string, draft: Draft<T>, at: number): SeedCommand => ({
  district,
  name: `${t.name}.${REGISTRATION[t.name]}`,
  args: draft,
  at,
});
