import { useState } from 'react';

interface ActiveRow {
  /** The row the keys go on from. */
  readonly active: number;
  /** Makes a row the active one; `opening`: the record that is about to be chosen with it. */
  readonly goTo: (index: number, opening?: string) => void;
  /** The chosen record that the active row was led to. */
  readonly led: string | undefined;
}

/** The row last moved to in the table, or that of a record chosen from elsewhere, such as by its address. */
export function useActiveRow(chosen: string | undefined, chosenAt: number | undefined): ActiveRow {
  const [active, setActive] = useState(0);
  const [led, setLed] = useState<string>();
  // Between a key and the new address the fingers may be further on: what is still under way leads nowhere.
  const [opening, setOpening] = useState<string>();
  if (opening !== undefined) {
    if (chosen === opening) {
      setOpening(undefined);
      setLed(chosen);
    }
  } else if (chosen === undefined) {
    if (led !== undefined) setLed(undefined);
  } else if (chosen !== led && chosenAt !== undefined) {
    setLed(chosen);
    setActive(chosenAt);
  }
  const goTo = (index: number, next?: string) => {
    setActive(index);
    setOpening(next === chosen ? undefined : next);
  };
  return { active, goTo, led };
}
