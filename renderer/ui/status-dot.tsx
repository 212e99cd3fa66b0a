import type { ReactNode } from 'react';

/** Grey for rest, blue for under way, green only for done, amber for soon, red only for overdue, refused, violation. */
export type Tone = 'rest' | 'active' | 'done' | 'soon' | 'bad';

/** A state is a dot with its word, never a colour alone. */
export function StatusDot({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`status status-${tone}`}>
      <span className="status-dot" aria-hidden="true" />
      {children}
    </span>
  );
}
