import type { RowFor } from '../../store/local-api.ts';

type Field = keyof RowFor<'subjects'>;

/** What an officer may change of a subject, in the order of the form. */
export const EDITABLE = [
  'name',
  'address',
  'gridId',
  'contactName',
  'contactPhone',
  'state',
  'riskLevel',
  'diners',
  'areaM2',
  'brightKitchen',
] as const satisfies readonly Field[];

/** Facts of the dossier, in reading order. */
export const FACTS = [
  'kind',
  'uscc',
  'address',
  'regionId',
  'gridId',
  'stationId',
  'contactName',
  'contactPhone',
  'riskLevel',
  'stewardLevel',
  'creditClass',
  'diners',
  'areaM2',
  'brightKitchen',
] as const satisfies readonly Field[];
