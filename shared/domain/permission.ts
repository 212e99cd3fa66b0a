import { Fault } from '../errors.ts';

/** Roles of the field: an officer (监管人员), the head of a station (所长), a district bureau's administrator, the city bureau, a machine. */
export const ROLES = {
  officer: ['监管人员', 'Officer'],
  stationHead: ['监管所所长', 'Station head'],
  bureauAdmin: ['区县局管理员', 'District bureau'],
  cityBureau: ['市局', 'City bureau'],
  gridWorker: ['网格员', 'Grid worker'],
  system: ['系统', 'System'],
} as const satisfies Record<string, readonly [string, string]>;

export type Role = keyof typeof ROLES;

interface Who {
  readonly id: string;
  readonly roles: readonly string[];
  readonly streams: readonly string[];
}

const has = (who: Who, ...roles: Role[]): boolean => roles.some((role) => who.roles.includes(role));

/** May this person enforce: inspect, order rectification, judge? Grid workers only report. */
export const mayEnforce = (who: Who): boolean => has(who, 'officer', 'stationHead', 'bureauAdmin', 'cityBureau');
/** May this person report a problem? Grid workers may, officers decide on it. */
export const mayReport = (who: Who): boolean => mayEnforce(who) || has(who, 'gridWorker');
/** May this person hand out and take back work? */
export const mayDispatch = (who: Who): boolean => has(who, 'stationHead', 'bureauAdmin', 'cityBureau');
/** May this person keep the registers of the district? */
export const mayRegister = (who: Who): boolean => has(who, 'bureauAdmin', 'cityBureau', 'system');

/** Refuses who has no grant on the stream, before anything of it is told. */
export function mustReach(who: Who, stream: string): void {
  if (!has(who, 'system') && !who.streams.includes(stream))
    throw new Fault('grantMissing', 'no grant on this stream', { stream });
}

/** Refuses who may not do this kind of work. */
export function must(allowed: boolean, what: string): void {
  if (!allowed) throw new Fault('notPermitted', `not permitted: ${what}`, { what });
}
