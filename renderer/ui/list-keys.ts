import { useEffect, useEffectEvent } from 'react';

interface Moves {
  readonly move: (by: 1 | -1) => void;
  readonly open: () => void;
  readonly close: () => void;
}

const TYPING =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="combobox"], [role="radiogroup"]';
const PRESSING = 'button, a, summary';
/** What a menu or a question hangs from while it is open, wherever the focus is. */
const OPEN_LAYER = '.ant-dropdown-open, .ant-popover-open';

/** Is somebody typing, or is a layer open that has its own keys? */
export const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.closest(TYPING) !== null;

/** j and k move, Enter opens, Esc closes; never while typing, never with a modifier, never under an open menu. */
export function useListKeys({ move, open, close }: Moves): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector(OPEN_LAYER)) return;
    const onControl = event.target instanceof Element && event.target.closest(PRESSING) !== null;
    if (event.key === 'j' || event.key === 'ArrowDown') move(1);
    else if (event.key === 'k' || event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && !onControl) open();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
