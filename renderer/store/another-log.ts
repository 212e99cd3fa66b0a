import type { OutboxDatabase } from './databases.ts';
import { watched } from './watched.ts';

/** A value of more than 64 KiB would lie in a file of its own, beside the log. */
const PIECE_BYTES = 32 * 1024;
/** One more MiB than the greatest write buffer Chromium gives its LevelDB. */
const PIECES = (5 * 1024 * 1024) / PIECE_BYTES;
const LONG_MS = 60_000;

/**
 * A write that a full disk cut short leaves a torn record in the log of Chromium's LevelDB. Opened again it goes on behind it, and at
 * the start after that everything is gone. Once its write buffer was full it begins another log and writes down whole what it has.
 * Measured: docs/decisions/0085.
 */
export async function beginAnotherLog(db: OutboxDatabase): Promise<void> {
  const piece = crypto.getRandomValues(new Uint8Array(PIECE_BYTES));
  const keys = Array.from({ length: PIECES }, (_, no) => `ballast:${no}`);
  const there = async (): Promise<void> => {
    await db.meta.bulkPut(keys.map((key) => ({ key, value: piece })));
    await db.meta.bulkDelete(keys);
  };
  await watched(() => db.transaction('rw', db.meta, there), LONG_MS);
}
