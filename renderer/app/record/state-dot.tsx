import type { Column } from '#shared/schema/column.ts';
import { StatusDot, type Tone } from '../../ui/status-dot.tsx';
import { useValueText } from './value-text.ts';

interface Props<S extends string> {
  /** The column that has the words of the states. */
  readonly column: Column;
  readonly tones: Readonly<Record<S, Tone>>;
  readonly state: S;
}

export function StateDot<S extends string>({ column, tones, state }: Props<S>) {
  const read = useValueText();
  return <StatusDot tone={tones[state]}>{read(column, state)}</StatusDot>;
}
