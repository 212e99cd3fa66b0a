import type { Row } from '#shared/schema/table.ts';
import type { grants } from '#shared/tables/grants.ts';
import type { Truth } from './centre-base.ts';

type Grant = Row<typeof grants>;

/** Every grant the centre has of the officer, ended ones included. */
export function grantsOf(truth: Truth, officerId: string): Grant[] {
  const rows = [...(truth.rows.get('grants')?.values() ?? [])].map(({ row }) => row as Grant);
  return rows.filter((row) => row.officerId === officerId);
}

/** Streams the officer may read at `now`, ms. */
export function streamsAt(truth: Truth, officerId: string, now: number): string[] {
  const open = grantsOf(truth, officerId).filter(({ since, until }) => since <= now && (until === null || until > now));
  return [...new Set(['city', `u:${officerId}`, ...open.map(({ stream }) => stream)])];
}
