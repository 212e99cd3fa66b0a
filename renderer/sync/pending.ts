import type { CursorRow, OutboxRow } from './ports.ts';

type Cursors = ReadonlyMap<string, Pick<CursorRow, 'mine'>>;

/**
 * Must this mutation still be run on top of the copy? Until every stream it changes has shown a whole picture that counts it
 * as decided. A stream that is not granted has nothing to show, and nothing of it is shown.
 */
export const isOnTop = (row: OutboxRow, cursors: Cursors, granted: readonly string[]): boolean =>
  row.streams.some((stream) => granted.includes(stream) && (cursors.get(stream)?.mine ?? 0) < row.n);

/** Acked and no longer on top: nothing more will happen to it. */
export const isSettled = (row: OutboxRow, cursors: Cursors, granted: readonly string[]): boolean =>
  row.state === 'acked' && !isOnTop(row, cursors, granted);
