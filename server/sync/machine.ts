import type { Outcome } from '#shared/protocol/messages.ts';
import { SYSTEM } from './actor.ts';
import { readCommand } from './asked.ts';
import type { Centre } from './centre.ts';
import { decideAll } from './decide.ts';
import { type MachineCommand, systemMessage } from './system-message.ts';

const MACHINE = '00000000-0000-8000-8000-000000000000';
const DEFAULT_BATCH = 2000;

/**
 * The door for registers, imports and other machines: the same rules, decisions and audit lines as for people, under the
 * system's name, `batch` mutations per transaction. The id of a mutation follows from what it says, so doing the same
 * again changes nothing. Answers the outcomes that are not `applied`; for a seed there should be none.
 */
export async function applyAsSystem(
  centre: Centre,
  district: string,
  commands: readonly MachineCommand[],
  { batch = DEFAULT_BATCH }: { readonly batch?: number } = {},
): Promise<readonly { readonly command: MachineCommand; readonly status: Outcome['status']; readonly code: string | null }[]> {
  const odd: { readonly command: MachineCommand; readonly status: Outcome['status']; readonly code: string | null }[] = [];
  for (let next = 0; next < commands.length; ) {
    const part = commands.slice(next, next + batch);
    const asked = part.map((command) => readCommand(systemMessage(command, district), district));
    const { answers, heads } = await centre.store.write(district, (tx) =>
      decideAll(centre, tx, { actor: SYSTEM, device: MACHINE }, district, asked),
    );
    centre.committed(heads);
    answers.forEach(({ decision: { status, code } }, i) => {
      const command = part[i];
      if (command && status !== 'applied') odd.push({ command, status, code });
    });
    next += answers.length;
  }
  return odd;
}
