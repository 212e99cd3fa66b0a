/** One after the other, in the order asked; a failure concerns its own caller alone. */
export type Serial = <T>(work: () => Promise<T>) => Promise<T>;

export function serial(): Serial {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = tail.then(work);
    tail = turn.catch(() => undefined); // the caller of this turn hears of it, the next turn goes on
    return turn;
  };
}
