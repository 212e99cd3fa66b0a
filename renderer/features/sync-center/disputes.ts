import type { IssueItem } from '../../sync/engine-api.ts';

/** One thing two officers did differently. Of several answers of mine to one item the last is what I mean. */
export interface Dispute {
  readonly item: IssueItem;
  /** Answers of mine before it that were disputed too; what becomes of the last becomes of them. */
  readonly earlier: readonly IssueItem[];
}

const thingOf = ({ mid, name, status, targetId, args }: IssueItem): string =>
  name === 'inspections.answer' && status === 'merged' ? `${targetId}/${String(args['no'])}` : mid;

/** The issues in their order, those about one item of a checklist as one, from what stood before the first of them. */
export function disputesOf(issues: readonly IssueItem[]): readonly Dispute[] {
  const groups = new Map<string, readonly IssueItem[]>();
  for (const issue of issues) groups.set(thingOf(issue), [...(groups.get(thingOf(issue)) ?? []), issue]);
  return [...groups.values()].flatMap((group): readonly Dispute[] => {
    const ordered = group.toSorted((a, b) => a.n - b.n);
    const [first, ...later] = ordered;
    const item = later.at(-1);
    if (!first) return [];
    if (!item) return [{ item: first, earlier: [] }];
    const base = first.conflicts[0]?.base ?? null;
    return [{ item: { ...item, conflicts: item.conflicts.map((one) => ({ ...one, base })) }, earlier: ordered.slice(0, -1) }];
  });
}
