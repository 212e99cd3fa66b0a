import { readEntry } from './journal-entry.ts';
import type { Journal, OutboxRow, OutboxStore } from './ports.ts';

/**
 * Brings back from the journal what the outbox does not know: IndexedDB can come up empty without an error.
 * What was already decided is sent once more and answered with its old outcome. Answers how many came back, and how many lines
 * could not be opened (another key, or damaged).
 */
export async function recoverOutbox(
  outbox: OutboxStore,
  journal: Journal,
  unseal: (text: string) => string,
): Promise<{ readonly recovered: number; readonly unreadable: number }> {
  const found = new Map<string, OutboxRow>();
  let unreadable = 0;
  for (const { text } of await journal.read()) {
    try {
      const said = readEntry(unseal(text));
      if ('void' in said) found.delete(said.void);
      else found.set(said.mid, said);
    } catch {
      unreadable += 1; // counted and told; the line stays in the journal
    }
  }
  const missing: OutboxRow[] = [];
  for (const row of found.values()) if (!(await outbox.knows(row.mid))) missing.push(row);
  if (missing.length > 0) await outbox.add(missing);
  return { recovered: missing.length, unreadable };
}
