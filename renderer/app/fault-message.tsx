import type { FaultKind } from '#shared/errors.ts';
import { useWord } from '../ui/language.ts';
import { codeOf, FAULT_TEXT } from './fault-text.ts';

/** A refusal in words: what is safe and what to do; what happened is its title. */
export function FaultMessage({ kind, withTitle = false }: { readonly kind: FaultKind; readonly withTitle?: boolean }) {
  const word = useWord();
  const text = FAULT_TEXT[kind];
  return (
    <span>
      {withTitle && <strong className="fault-title">{word(text.what)}</strong>}
      {word(text.safe)}
      {word(text.todo)} <span className="secondary">{codeOf(kind)}</span>
    </span>
  );
}
