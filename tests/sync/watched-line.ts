import type { Actor } from '#shared/schema/mutation.ts';
import type { LocalCopy } from '../../renderer/sync/local-copy.ts';
import type { Wire } from '../../renderer/sync/ports.ts';
import type { Busy } from './busy.ts';
import { flaw, type Flaw } from './invariants.ts';
import type { Life } from './life.ts';
import type { Pace } from './pace.ts';
import type { ProgramVersion } from './program-version.ts';
import { commandsOf } from './tale.ts';

const NEVER = new Promise<never>(() => undefined);
/** Real time, ms. */
const UNPACKING_MS = 50;

/** Segments on their way from the line into the copy. Unpacking is real work: virtual time waits for it, or for a moment when nobody takes them. */
export interface Unpacking {
  begins(): void;
  taking(copy: LocalCopy): LocalCopy;
}

export function unpacking(busy: Busy): Unpacking {
  const going: (() => void)[] = [];
  return {
    begins() {
      const taken = Promise.withResolvers<void>();
      going.push(taken.resolve);
      setTimeout(taken.resolve, UNPACKING_MS);
      void busy.with(taken.promise);
    },
    taking: (copy) => ({
      ...copy,
      takeSegment(taken) {
        going.shift()?.();
        return copy.takeSegment(taken);
      },
    }),
  };
}

interface Watched {
  readonly officer: Actor;
  readonly life: Life;
  readonly begun: ReadonlySet<string>;
  readonly program: ProgramVersion;
  readonly steps: Pace;
  readonly flaws: Flaw[];
  readonly unpacked: Unpacking;
}

/** The line, watched: nobody's work goes under another name, and nobody hammers the centre. */
export function watchedLine(wire: Wire, { officer, life, begun, program, steps, flaws, unpacked }: Watched): Wire {
  return {
    async send(said) {
      const commands = commandsOf(said).map((one) => program.command(one));
      const request = commands.length > 0 ? { ...said, json: { ...(said.json as object), commands } } : said;
      for (const { mid, actor } of commands)
        if (!begun.has(mid) || actor !== officer.id) flaws.push(flaw('I14', `${officer.id} sent ${mid} of ${actor}`));
      if (request.path.endsWith('/hello')) steps.tried();
      const answer = await wire.send(request);
      if (life.dead) return NEVER;
      if (request.path.includes('/segments/') && answer.status === 200 && answer.complete) unpacked.begins();
      return answer;
    },
    events: (path, token, hear, signal) =>
      wire.events(
        path,
        token,
        (name, data) => {
          steps.woken();
          if (!life.dead) hear(name, data);
        },
        signal,
      ),
  };
}
