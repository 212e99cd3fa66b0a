import { createContext, useContext } from 'react';
import type { SignedIn } from '../../sync/engine-api.ts';

export const MeContext = createContext<SignedIn | null>(null);

/** Who sits here; only inside the sign-in gate. */
export function useMe(): SignedIn {
  const me = useContext(MeContext);
  if (me === null) throw new Error('nobody is signed in here');
  return me;
}

/** The same person, as the rules of the work ask for them. */
export function useActor(): { readonly id: string; readonly roles: readonly string[]; readonly streams: readonly string[] } {
  const { officerId, roles, streams } = useMe();
  return { id: officerId, roles, streams };
}
