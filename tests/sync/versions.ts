/** The step from one version to the next: `attachments.announce` was of version 1 and is of version 2. */
import type { Command } from '#shared/protocol/messages.ts';
import type { OutboxRow } from '../../renderer/sync/ports.ts';

export const STEPPED = 'attachments.announce';
const NEWER = 2;
/** A version that nobody knows. */
const UNKNOWN = 99;

/** The mutation as the earlier program would have written it. */
export function asEarlier<T extends Pick<OutboxRow, 'name' | 'v' | 'args'>>(row: T): T {
  if (row.name !== STEPPED || row.v !== NEWER) return row;
  const { thumbSha256: _later, ...args } = row.args;
  return { ...row, v: NEWER - 1, args };
}

/** The mutation as the earlier centre hears it: one of the newer version is one it does not know. */
export const atEarlierCentre = (command: Command): Command =>
  command.name === STEPPED && command.v === NEWER ? { ...command, v: UNKNOWN } : command;

/** What the earlier centre says of the mutations it knows. */
export const knownEarlier = (known: Readonly<Record<string, number>> | undefined): Readonly<Record<string, number>> => ({
  ...known,
  [STEPPED]: NEWER - 1,
});
