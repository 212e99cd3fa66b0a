import { Fault } from '../errors.ts';

/** A life of states: left the state, right what may follow. */
export type Life<S extends string> = Readonly<Record<S, readonly NoInfer<S>[]>>;

/** The next state, or `stateMoved` with the states that are allowed from here. */
export function step<S extends string>(life: Life<S>, from: S, to: S): S {
  if (!life[from].includes(to))
    throw new Fault('stateMoved', `${from} → ${to} is not allowed`, { from, to, allowed: life[from] });
  return to;
}
