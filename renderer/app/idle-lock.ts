import { presence } from './presence.ts';

const TELL_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 1000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Calls once after ten minutes without a sign of the officer in any window; returns how to stop watching. */
export function watchIdle(onIdle: () => void): () => void {
  const windows = new BroadcastChannel('shian-presence');
  const officer = presence(() => Date.now());
  let toldAt = 0;

  function stop(): void {
    clearInterval(looking);
    windows.close();
    document.removeEventListener('visibilitychange', look);
    for (const sign of SIGNS) window.removeEventListener(sign, seen, { capture: true });
  }
  function look(): void {
    if (!officer.away()) return;
    stop();
    onIdle();
  }
  function seen(event: Event): void {
    if (!officer.seen()) {
      event.stopImmediatePropagation();
      return look();
    }
    if (Date.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = Date.now();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    windows.postMessage('here');
  }

  windows.addEventListener('message', () => void officer.seen());
  const looking = setInterval(look, LOOK_EVERY_MS);
  document.addEventListener('visibilitychange', look);
  for (const sign of SIGNS) window.addEventListener(sign, seen, { capture: true, passive: true });
  return stop;
}
