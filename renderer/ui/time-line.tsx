import type { ReactNode } from 'react';
import type { Tone } from './status-dot.tsx';

export interface TimeLineEntry {
  readonly key: string;
  /** Already worded: `11-24 14:03`. */
  readonly when: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly tone: Tone;
}

/** What happened, newest first. */
export function TimeLine({ entries, label }: { readonly entries: readonly TimeLineEntry[]; readonly label: string }) {
  return (
    <ol className="time-line" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.key} className={`time-line-entry status-${entry.tone}`}>
          <span className="status-dot" aria-hidden="true" />
          <time>{entry.when}</time>
          <div className="time-line-text">
            <div>{entry.title}</div>
            {entry.detail !== undefined && <div className="secondary">{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
