import { useWord } from '../ui/language.ts';
import { type Refusal, textOf } from './fault-case.ts';
import { codeOf } from './fault-text.ts';

/** A refusal in words: what is safe and what to do; what happened is its title. */
export function FaultMessage({ refusal, withTitle = false }: { readonly refusal: Refusal; readonly withTitle?: boolean }) {
  const word = useWord();
  const text = textOf(refusal);
  return (
    <span>
      {withTitle && <strong className="fault-title">{word(text.what)}</strong>}
      {word(text.safe)}
      {word(text.todo)} <span className="secondary">{codeOf(refusal.kind)}</span>
    </span>
  );
}
