import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import type { EngineStatus } from '../sync/engine-api.ts';
import { useEngineStatus } from '../sync/client.ts';
import { FirstLoad } from './first-load.tsx';
import { lockWhenIdle } from './idle-lock.ts';
import { LockScreen } from './lock-screen.tsx';
import { MeContext } from './record/me.ts';
import { router } from './routes.tsx';
import { SignIn } from './sign-in.tsx';

/** Was some district's work here ever complete? Until then there is nothing to work with. */
const hasWork = (status: EngineStatus): boolean =>
  status.streams.some((one) => one.stream.startsWith('d:') && (one.inStepAt !== null || one.phase === 'live'));

/** Nobody sees anything before they signed in or while it is locked; before the district's data is here, only who asks to. */
export function Gate() {
  const status = useEngineStatus();
  const { signedIn } = status;
  const [entered, setEntered] = useState<string | null>(null);
  const working = signedIn !== null && !signedIn.locked;
  useEffect(() => (working ? lockWhenIdle() : undefined), [working]);
  if (signedIn === null) return <SignIn status={status} />;
  if (signedIn.locked) return <LockScreen name={signedIn.name} />;
  if (!hasWork(status) && entered !== signedIn.officerId)
    return <FirstLoad status={status} onEnter={() => setEntered(signedIn.officerId)} />;
  return (
    <MeContext value={signedIn}>
      <RouterProvider router={router} />
    </MeContext>
  );
}
