import type { EngineStatus } from '../../sync/engine-api.ts';
import type { texts } from './texts.ts';

export type Recovery = NonNullable<EngineStatus['recovery']>;

export interface Sentence {
  readonly key: keyof typeof texts.pairs;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface RecoveryWords {
  readonly found: readonly Sentence[];
  readonly back: Sentence;
  /** Empty where everything could be read. */
  readonly uncertain: readonly Sentence[];
}

/** What a recovery tells the officer: what was found, what was brought back, what nobody can be sure of. */
export function recoveryWords({ emptied, recovered, unreadable, damaged, movedFrom }: Recovery): RecoveryWords {
  const flawed = unreadable > 0 || damaged > 0;
  const found: Sentence[] = [
    ...(emptied ? [{ key: 'emptied' } as const] : []),
    ...(movedFrom === undefined ? [] : [{ key: 'movedAway', values: { name: movedFrom } } as const]),
    ...(flawed ? [{ key: 'journalFlawed' } as const] : []),
  ];
  return {
    found: found.length > 0 ? found : [{ key: 'lacking' }],
    back: recovered > 0 ? { key: 'recovered', values: { count: recovered } } : { key: 'nothingBack' },
    uncertain: [
      ...(unreadable > 0 ? [{ key: 'unreadable', values: { count: unreadable } } as const] : []),
      ...(damaged > 0 ? [{ key: 'damaged', values: { count: damaged } } as const] : []),
      ...(flawed ? [{ key: 'keptLines' } as const] : []),
    ],
  };
}
