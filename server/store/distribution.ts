import { tableList } from '#shared/tables/index.ts';

/** Tables of the engine that are spread by district, and their column that says it. */
const OF_THE_ENGINE = [
  'sync_head',
  'sync_commit',
  'sync_row',
  'sync_segment',
  'sync_mutation',
  'audit',
  'audit_tip',
  'session',
  'workstation',
];

/** Table → column by which its rows are spread over the nodes of a distributed database (docs/scale.md). */
export const DISTRIBUTED: ReadonlyMap<string, string> = new Map([
  ...OF_THE_ENGINE.map((name) => [name, 'district_id'] as const),
  ...tableList.filter(({ scope }) => scope !== 'city').map(({ name }) => [name, 'districtId'] as const),
]);

/** The city's dictionaries: whole on every node, since every district's rules read them. */
export const REFERENCE: readonly string[] = tableList.filter(({ scope }) => scope === 'city').map(({ name }) => name);

/** What is small, of no district, and asked by its own key: on the coordinator alone. */
export const ON_THE_COORDINATOR: readonly string[] = [
  'account',
  'sign_in_failure',
  'lease_key',
  'sync_epoch',
  'schema_migration',
];
