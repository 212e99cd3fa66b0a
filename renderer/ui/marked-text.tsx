import { MarkDot } from './mark-dot.tsx';

interface Props {
  readonly mark: 'waiting' | 'refused' | undefined;
  /** Where a refusal is dealt with. */
  readonly to: string;
  readonly text: string;
}

/** The name of a row with its mark; a long one ends in an ellipsis and is whole in its tooltip. */
export function MarkedText({ mark, to, text }: Props) {
  return (
    <span className="marked" title={text}>
      <MarkDot mark={mark} to={to} />
      <span className="ellipsis">{text}</span>
    </span>
  );
}
