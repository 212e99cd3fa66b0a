import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Why there is nothing, and what to do next. */
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}

export function EmptyState({ title, hint, children }: Props) {
  return (
    <div className="empty" role="status">
      <p className="empty-title">{title}</p>
      {hint !== undefined && <p className="empty-hint">{hint}</p>}
      {children}
    </div>
  );
}
