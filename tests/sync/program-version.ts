import type { Command } from '#shared/protocol/messages.ts';
import type { OutboxRow } from '../../renderer/sync/ports.ts';
import { asEarlier } from './versions.ts';

/** The version of the program on one workstation: what the earlier one wrote down stays in its words, whoever reads it later. */
export interface ProgramVersion {
  upgrade(): void;
  row(row: OutboxRow): OutboxRow;
  /** A line of the journal. */
  line(text: string): string;
  command(command: Command): Command;
}

/** `wrote`: told when the earlier program wrote something that the newer one writes otherwise. */
export function programVersion(beginsEarlier: boolean, wrote: () => void): ProgramVersion {
  let earlier = beginsEarlier;
  const doneEarlier = new Set<string>();
  return {
    upgrade() {
      earlier = false;
    },
    row(row) {
      const said = asEarlier(row);
      if (!earlier || said === row) return row;
      if (!doneEarlier.has(row.mid)) wrote();
      doneEarlier.add(row.mid);
      return said;
    },
    line(text) {
      const said = JSON.parse(text) as Partial<OutboxRow>;
      return said.mid !== undefined && doneEarlier.has(said.mid) ? JSON.stringify(asEarlier(said as OutboxRow)) : text;
    },
    command: (command) => (doneEarlier.has(command.mid) ? asEarlier(command) : command),
  };
}
