import type { HelloAnswer } from '#shared/protocol/messages.ts';

/** Versions of the workstation's program, `1.2.3`; null: none is named. */
export interface Programs {
  /** Below this one new work is not to be begun. */
  readonly oldest: string | null;
  readonly newest: string | null;
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)/;

/** Negative when `a` is the older one; 0 also when one of them is no version. */
function compare(a: string, b: string | null): number {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b ?? '')];
  if (!left || !right) return 0;
  for (const part of [1, 2, 3]) {
    const difference = Number(left[part]) - Number(right[part]);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function programOf(app: string, { oldest, newest }: Programs): NonNullable<HelloAnswer['program']> {
  const age = compare(app, oldest) < 0 ? 'tooOld' : compare(app, newest) < 0 ? 'old' : 'current';
  return { age, newest };
}
