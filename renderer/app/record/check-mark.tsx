import { CHECK_MARKS } from '#shared/tables/words.ts';
import { useWord } from '../../ui/language.ts';
import { StatusDot } from '../../ui/status-dot.tsx';

/** 待核实 beside an identifier whose check character does not fit; nothing beside any other. */
export function CheckMark({ mark }: { readonly mark: keyof typeof CHECK_MARKS }) {
  const word = useWord();
  return mark === 'toVerify' ? <StatusDot tone="soon">{word(CHECK_MARKS.toVerify)}</StatusDot> : null;
}
