import { engine } from '../sync/client.ts';
import { keepDrafts } from './record/open-drafts.ts';

/** Locks every window; what is half typed is kept first. */
export async function lock(): Promise<void> {
  await keepDrafts();
  await engine.lock();
}

/** Ends the session; whoever signs in next begins at the first page, not where the last officer stood. */
export async function signOut(): Promise<void> {
  await keepDrafts();
  location.hash = '#/today';
  await engine.signOut();
}
