export const IDLE_MS = 10 * 60_000;

export interface Presence {
  /** A sign of the officer; false where it comes too late to count. */
  seen(): boolean;
  /** Was the officer away too long? It stays so: only the password brings the officer back. */
  away(): boolean;
}

/** How long the officer has been away, by the time itself: a timer stands still while the computer sleeps. */
export function presence(now: () => number): Presence {
  let last = now();
  let gone = false;
  const away = (): boolean => {
    last = Math.min(last, now()); // a clock that was turned back must not lengthen the stay
    gone ||= now() - last >= IDLE_MS;
    return gone;
  };
  return {
    away,
    seen() {
      if (away()) return false;
      last = now();
      return true;
    },
  };
}
