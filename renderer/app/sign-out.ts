import { engine } from '../sync/client.ts';

/** Ends the session; whoever signs in next begins at the first page, not where the last officer stood. */
export async function signOut(): Promise<void> {
  location.hash = '#/today';
  await engine.signOut();
}
