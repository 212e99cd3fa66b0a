import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { RouterProvider } from 'react-router';
import type { EngineStatus } from '../sync/engine-api.ts';
import { engine, useEngineStatus } from '../sync/client.ts';
import { FirstLoad } from './first-load.tsx';
import { watchIdle } from './idle-lock.ts';
import { lock } from './leave.ts';
import { LeftScreen } from './left-screen.tsx';
import { LockScreen } from './lock-screen.tsx';
import { MeContext } from './record/me.ts';
import { RecoveryScreen } from './recovery/recovery-screen.tsx';
import { router } from './routes.tsx';
import { SignIn } from './sign-in.tsx';
import { WipeScreen } from './wipe-screen.tsx';
import { forgetSearches } from '../ui/search-memory.ts';

/** Was some district's work here ever complete? Until then there is nothing to work with; without a grant nothing will come. */
function hasWork({ streams }: EngineStatus): boolean {
  const districts = streams.filter(({ stream }) => stream.startsWith('d:'));
  return districts.length === 0 || districts.some(({ inStepAt, phase }) => inStepAt !== null || phase === 'live');
}

/** Nobody sees anything before they signed in or while it is locked; before the district's data is here, only who asks to. */
export function Gate() {
  const status = useEngineStatus();
  const { signedIn } = status;
  const [entered, setEntered] = useState<string | null>(null);
  const working = signedIn !== null && !signedIn.locked;
  // Away too long: nothing is shown from that moment on, before the engine has answered that it is locked.
  const [away, setAway] = useState(false);
  if (away && !working) setAway(false);
  useEffect(() => {
    if (!working) return;
    return watchIdle(() => {
      lock().catch((error: unknown) => console.error(error)); // asks the fields for their drafts before they go
      flushSync(() => setAway(true));
    });
  }, [working]);
  const nobody = signedIn === null;
  useEffect(() => {
    if (nobody) forgetSearches();
  }, [nobody]);
  const officerId = signedIn?.officerId;
  /** Who stood here last: another officer begins at the first page, in every window. */
  const last = useRef<string>(undefined);
  useEffect(() => {
    if (officerId === undefined) return;
    if (last.current !== undefined && last.current !== officerId) location.hash = '#/today';
    last.current = officerId;
  }, [officerId]);
  if (signedIn === null) return <SignIn status={status} />;
  if (signedIn.locked || away) return <LockScreen name={signedIn.name} onUnlocked={() => setAway(false)} />;
  if (status.standing === 'wipe') return <WipeScreen status={status} />;
  if (status.standing === 'left') return <LeftScreen name={signedIn.name} status={status} />;
  const { recovery } = status;
  if (recovery !== null && !recovery.read)
    return <RecoveryScreen recovery={recovery} status={status} onGoOn={() => void engine.noteRecoveryRead()} />;
  // Who has read that everything is being brought back is at work.
  if (!hasWork(status) && recovery === null && entered !== signedIn.officerId)
    return <FirstLoad status={status} onEnter={() => setEntered(signedIn.officerId)} />;
  return (
    <MeContext value={signedIn}>
      <RouterProvider router={router} />
    </MeContext>
  );
}
