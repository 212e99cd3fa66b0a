import { rowOf } from './journal-entry.ts';
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
  const missing: OutboxRow[] = [];
  let unreadable = 0;
  for (const { text } of await journal.read()) {
    let row: OutboxRow;
    try {
      row = rowOf(unseal(text));
    } catch {
      unreadable += 1; // counted and told; the line stays in the journal
      continue;
    }
    if (!(await outbox.knows(row.mid)) && !missing.some(({ mid }) => mid === row.mid)) missing.push(row);
  }
  if (missing.length > 0) await outbox.add(missing);
  return { recovered: missing.length, unreadable };
}
