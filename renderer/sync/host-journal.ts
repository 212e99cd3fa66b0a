import type { Host } from '#shared/host/contract.ts';
import { sha256Of } from '../store/hex.ts';
import type { Journal } from './ports.ts';

/** Name of a lane of the officer's, which tells nothing of the officer. */
export const laneOf = async (officerId: string, what: 'outbox' | 'drafts' = 'outbox'): Promise<string> =>
  `${what}-${(await sha256Of(new TextEncoder().encode(officerId))).slice(0, 32)}`;

/** One lane of the host's journal. */
export function hostJournal(host: Pick<Host, 'journal'>, lane: string): Journal {
  return {
    append: async (entries) => void (await host.journal.append({ lane, entries: [...entries] })),
    read: () => host.journal.read({ lane }),
    trim: async (throughSeq) => void (await host.journal.trim({ lane, throughSeq })),
  };
}
