import { readEntry } from './journal-entry.ts';
import type { FileRow, Journal, OutboxRow, OutboxStore } from './ports.ts';

export interface Recovered {
  readonly recovered: number;
  /** Lines this key does not open. */
  readonly unreadable: number;
  /** Lines the disk spoiled. */
  readonly damaged: number;
}

/**
 * Brings back from the journal what the outbox does not know: IndexedDB can come up empty without an error. What was already
 * decided is sent once more and answered with its old outcome. A mutation that was taken back is taken out of the outbox too:
 * a database that was given up as silent may have kept it after all.
 */
export async function recoverOutbox(outbox: OutboxStore, journal: Journal, unseal: (text: string) => string): Promise<Recovered> {
  const found = new Map<string, OutboxRow>();
  const files = new Map<string, FileRow>();
  const taken = new Set<string>();
  let unreadable = 0;
  const { entries, damaged } = await journal.read();
  for (const { text } of entries) {
    try {
      const said = readEntry(unseal(text));
      if ('void' in said) taken.add(said.void);
      else if ('file' in said) files.set(said.file.blob, said.file);
      else found.set(said.mid, said);
    } catch {
      unreadable += 1; // counted and told; the line stays in the journal
    }
  }
  const missing: OutboxRow[] = [];
  for (const row of found.values()) if (!taken.has(row.mid) && !(await outbox.knows(row.mid))) missing.push(row);
  for (const mid of taken) await outbox.withdraw(mid);
  if (missing.length > 0) await outbox.add(missing);
  const known = new Set((await outbox.files()).map(({ blob }) => blob));
  for (const file of files.values()) if (!known.has(file.blob)) await outbox.putFile(file);
  return { recovered: missing.length, unreadable, damaged };
}
