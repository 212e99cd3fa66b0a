import type { Host } from '#shared/host/contract.ts';
import type { Journal } from './ports.ts';

/** The officer's lane of the host's journal; its name tells nothing of the officer. */
export async function hostJournal(host: Pick<Host, 'journal'>, officerId: string): Promise<Journal> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(officerId));
  const lane = `outbox-${Array.from(new Uint8Array(hash).subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return {
    append: async (entries) => void (await host.journal.append({ lane, entries: [...entries] })),
    read: async () => (await host.journal.read({ lane })).entries,
    trim: async (throughSeq) => void (await host.journal.trim({ lane, throughSeq })),
  };
}
