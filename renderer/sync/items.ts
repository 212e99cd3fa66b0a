/** Mutations of mine as the sync centre shows them. */
import { faultKindOf } from '#shared/errors.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { IssueItem, WaitingItem } from './engine-api.ts';
import { keyOf } from './overlay-tx.ts';
import type { IssueRow, OutboxRow } from './ports.ts';

export const itemOf = ({ mid, n, name, args, at }: OutboxRow | IssueRow): WaitingItem => {
  const known = mutationOfName.get(name);
  const targetId = known ? known.mutation.target(args) : '';
  return { mid, n, name, table: known?.table.name ?? '', targetId, args, at };
};

/** `table/id` of the row an issue is about. */
export const targetKey = (issue: IssueRow): string => {
  const { table, targetId } = itemOf(issue);
  return keyOf(table, targetId);
};

export const issueItemOf = (issue: IssueRow): IssueItem => ({
  ...itemOf(issue),
  status: issue.status,
  code: issue.code,
  kind: issue.code === null ? null : (faultKindOf(issue.code) ?? null),
  detail: issue.detail,
  conflicts: issue.conflicts,
  decidedAt: issue.decidedAt,
});

/**
 * A refused mutation goes as it was; a merged one insists on the officer's values over those that stand now: an edit field by
 * field, any other by its `from`.
 */
export function argsAgain(issue: IssueRow): Readonly<Record<string, unknown>> {
  if (issue.status === 'rejected') return issue.args;
  const [only] = issue.conflicts;
  if (mutationOfName.get(issue.name)?.mutation.class !== 'edit') return { ...issue.args, from: only?.theirs ?? null };
  const changes = Object.fromEntries(issue.conflicts.map(({ field, mine, theirs }) => [field, { from: theirs, to: mine }]));
  return { ...issue.args, changes };
}
