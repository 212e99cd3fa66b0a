import { useEffect, useEffectEvent, useState } from 'react';
import { engine } from '../sync/client.ts';
import type { RegisterAnswer, RegisterQuery } from '../sync/engine-api.ts';
import { watchCopy, watchTables } from './follow.ts';
import type { Local } from './local-api.ts';

/** Thrown while rendering, so that the nearest error boundary shows it. */
function raise(error: unknown): never {
  throw error;
}

/**
 * What `read` finds in the local copy, again whenever a table it looked at changed; undefined until the first answer.
 * While a newer answer is on its way the older one stays on the screen.
 * `deps`: the plain values `read` depends on; they are handed to it as its second argument too.
 */
export function useLive<T>(read: (local: Local, deps: unknown) => Promise<T>, deps: readonly unknown[]): T | undefined {
  const [answer, setAnswer] = useState<T>();
  const newest = useEffectEvent(read);
  const key = JSON.stringify(deps);
  useEffect(() => {
    const given: unknown = JSON.parse(key);
    return watchCopy(
      (local) => newest(local, given),
      (found) => setAnswer(() => found),
      (error) => setAnswer(() => raise(error)),
    );
  }, [key]);
  return answer;
}

interface RegisterState {
  readonly answer: RegisterAnswer | undefined;
  readonly loading: boolean;
}

/** A question to the register in memory, asked again when its rows changed. */
export function useRegister(query: RegisterQuery): RegisterState {
  const [state, setState] = useState<RegisterState>({ answer: undefined, loading: true });
  const asked = JSON.stringify(query);
  useEffect(() => {
    const question = JSON.parse(asked) as RegisterQuery;
    let turn = 0;
    const ask = async (): Promise<void> => {
      turn += 1;
      const mine = turn;
      setState(({ answer }) => ({ answer, loading: true }));
      try {
        const answer = await engine.register(question);
        if (mine === turn) setState({ answer, loading: false });
      } catch (error) {
        if (mine === turn) setState(() => raise(error));
      }
    };
    const stop = watchTables([question.table, 'licences'], () => void ask());
    return () => {
      turn = -1;
      stop();
    };
  }, [asked]);
  return state;
}
