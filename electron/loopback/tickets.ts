import { randomBytes, timingSafeEqual } from 'node:crypto';

const LIFE_MS = 10 * 60_000;
const MAX_OPEN = 256;

/** Single-use admission: a ticket opens one window once, within ten minutes. */
export interface Tickets {
  issue(): string;
  /** True once per ticket. */
  redeem(ticket: string): boolean;
}

export function tickets(now: () => number = Date.now): Tickets {
  const open = new Map<string, number>();
  return {
    issue() {
      const oldest = open.keys().next();
      if (open.size >= MAX_OPEN && !oldest.done) open.delete(oldest.value);
      const ticket = randomBytes(32).toString('base64url');
      open.set(ticket, now() + LIFE_MS);
      return ticket;
    },
    redeem(ticket) {
      const until = open.get(ticket);
      open.delete(ticket);
      return until !== undefined && now() < until;
    },
  };
}

/** Compares secrets without telling by time how much of them fits. */
export const sameSecret = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
