import { engine } from '../sync/client.ts';

const IDLE_MS = 10 * 60_000;
const TELL_EVERY_MS = 10_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

const lock = (): void => void engine.lock().catch((error: unknown) => console.error(error));

/** Locks after ten minutes without a sign of the officer in any window; returns how to stop watching. */
export function lockWhenIdle(): () => void {
  const windows = new BroadcastChannel('shian-presence');
  let timer = setTimeout(lock, IDLE_MS);
  let toldAt = 0;

  function stay(): void {
    clearTimeout(timer);
    timer = setTimeout(lock, IDLE_MS);
  }
  function seen(): void {
    stay();
    if (Date.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = Date.now();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    windows.postMessage('here');
  }

  windows.addEventListener('message', stay);
  for (const sign of SIGNS) window.addEventListener(sign, seen, { passive: true });
  return () => {
    clearTimeout(timer);
    windows.close();
    for (const sign of SIGNS) window.removeEventListener(sign, seen);
  };
}
