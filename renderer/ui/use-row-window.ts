import { useCallback, useState } from 'react';

const STEP = 100;
const SPARE = 100;
const TALLEST = 200;

/** Which rows of a long list to ask for, given those in sight: in steps, so that scrolling asks seldom. */
export function useRowWindow(): { readonly offset: number; readonly limit: number; readonly onVisible: (first: number) => void } {
  const [offset, setOffset] = useState(0);
  const onVisible = useCallback((first: number) => setOffset(Math.max(0, Math.floor(first / STEP) * STEP - SPARE)), []);
  return { offset, limit: STEP + 2 * SPARE + TALLEST, onVisible };
}
