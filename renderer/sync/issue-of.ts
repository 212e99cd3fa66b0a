import type { Outcome } from '#shared/protocol/messages.ts';
import type { IssueRow, OutboxRow } from './ports.ts';

/** What the centre refused or merged, kept with what was meant, until the officer has dealt with it. `decidedAt`: ms. */
export const issueOf = (row: OutboxRow, outcome: Outcome, decidedAt: number): IssueRow => ({
  mid: row.mid,
  n: row.n,
  name: row.name,
  v: row.v,
  district: row.district,
  at: row.at,
  args: row.args,
  status: outcome.status === 'merged' ? 'merged' : 'rejected',
  code: outcome.code ?? null,
  detail: outcome.detail ?? {},
  conflicts: outcome.conflicts ?? [],
  decidedAt,
  resolved: null,
});
