/** Bugs of the workstation. */
import type { Command, Outcome } from '#shared/protocol/messages.ts';
import type { CacheChanges, OutboxStore } from '../../renderer/sync/ports.ts';
import type { Mutant } from './mutant.ts';
import type { Spoil } from './sim-workstation.ts';
import { changedPage, outcomesOf, withOutcomes } from './spoiled-answers.ts';
import { commandsOf } from './tale.ts';

const NOTHING: CacheChanges = { puts: new Map(), removes: new Map(), shadowPuts: [], shadowRemoves: [] };

/** What the centre decided reaches the workstation changed. */
const heardAs = (change: (outcomes: readonly Outcome[]) => readonly Outcome[]) => (): Spoil => ({
  wire: (real) => ({ ...real, send: async (request) => withOutcomes(await real.send(request), change) }),
});

export const ON_WORKSTATION: readonly Mutant[] = [
  {
    bug: 'a mutation is called saved before anything durable holds it',
    spoil: () => ({
      outbox: (real) => ({ ...real, add: async () => undefined }),
      journal: (real) => ({ ...real, append: async () => undefined }),
    }),
  },
  {
    bug: 'the journal forgets what IndexedDB may lose',
    spoil: () => ({ journal: (real) => ({ ...real, append: async () => undefined }) }),
  },
  {
    bug: 'the journal is trimmed as soon as something new is written',
    spoil: () => ({
      journal: (real) => ({
        ...real,
        async append(entries) {
          const before = (await real.read()).entries.at(-1)?.seq;
          await real.append(entries);
          if (before !== undefined) await real.trim(before);
        },
      }),
    }),
  },
  {
    bug: 'a journal that is full is not noticed',
    spoil: () => ({ journal: (real) => ({ ...real, append: (entries) => real.append(entries).catch(() => undefined) }) }),
  },
  {
    bug: 'what was taken back is sent after all',
    spoil: () => ({
      journal: (real) => ({
        ...real,
        async read() {
          const { entries, damaged } = await real.read();
          return { entries: entries.filter(({ text }) => !text.includes('"void"')), damaged };
        },
      }),
    }),
  },
  {
    bug: 'the cursor is written before the rows of its page',
    spoil: () => ({
      cache: (real) => ({
        ...real,
        async apply(changes) {
          if (changes.cursor) await real.apply({ ...NOTHING, cursor: changes.cursor });
          await real.apply(changes);
        },
      }),
    }),
  },
  {
    bug: 'a transaction that refused is taken for one that was done',
    spoil: () => ({ cache: (real) => ({ ...real, apply: (changes) => real.apply(changes).catch(() => undefined) }) }),
  },
  {
    bug: 'the centre’s version of a changed row is not kept',
    spoil: () => ({ cache: (real) => ({ ...real, apply: (changes) => real.apply({ ...changes, shadowPuts: [] }) }) }),
  },
  { bug: 'shadows are lost at the start', spoil: () => ({ cache: (real) => ({ ...real, shadows: async () => [] }) }) },
  {
    bug: 'what is no longer granted stays',
    spoil: () => ({ cache: (real) => ({ ...real, dropStream: async () => new Map() }) }),
  },
  {
    bug: 'with a grant goes the work that still waits',
    spoil: () => {
      let outbox: OutboxStore | undefined;
      return {
        outbox: (real) => (outbox = real),
        copy: (real) => ({
          ...real,
          async dropStream(stream) {
            for (const { mid } of real.waiting()) await outbox?.withdraw(mid);
            await real.dropStream(stream);
          },
        }),
      };
    },
  },
  {
    bug: 'an older page is taken over a newer one',
    spoil: () => ({
      copy: (real) => {
        const before = new Map<string, Parameters<typeof real.takePage>[0]>();
        return {
          ...real,
          async takePage(page) {
            const taken = await real.takePage(page);
            const [older, cursor] = [before.get(page.stream), real.cursor(page.stream)];
            before.set(page.stream, page);
            if (older && cursor && taken) {
              const { seq, mark, epoch } = cursor;
              await real.takePage({ ...older, epoch, from: seq, seq, mark });
            }
            return taken;
          },
        };
      },
    }),
  },
  {
    bug: 'a line that is lost on the way is not missed',
    spoil: () => ({
      wire: (real) => ({
        ...real,
        send: async (request) => changedPage(await real.send(request), (rows) => (rows.length > 2 ? rows.slice(1) : rows)),
      }),
    }),
  },
  {
    bug: 'mutations leave the outbox when they are sent',
    spoil: () => {
      let outbox: OutboxStore | undefined;
      return {
        outbox: (real) => (outbox = real),
        wire: (real) => ({
          ...real,
          async send(request) {
            for (const { mid } of commandsOf(request)) await outbox?.withdraw(mid);
            return real.send(request);
          },
        }),
      };
    },
  },
  {
    bug: 'a batch is sent in another order',
    spoil: () => ({
      wire: (real) => ({
        ...real,
        send: (request) => {
          const commands = commandsOf(request).toReversed();
          return real.send(commands.length > 0 ? { ...request, json: { ...(request.json as object), commands } } : request);
        },
      }),
    }),
  },
  {
    bug: 'any answer with status 200 acknowledges',
    spoil: () => ({
      wire: (real) => ({
        ...real,
        async send(request) {
          const answer = await real.send(request);
          const commands = commandsOf(request);
          if (answer.status !== 200 || commands.length === 0 || !answer.contentType.startsWith('text/html')) return answer;
          const { epoch } = request.json as { readonly epoch: string };
          return outcomesOf(
            commands.map(({ mid }) => ({ t: 'outcome', epoch, mid, status: 'applied', again: false, heads: {} })),
          );
        },
      }),
    }),
  },
  {
    bug: 'outcomes are taken by their place, not by their id',
    spoil: heardAs((all) => all.map((one, i) => ({ ...one, mid: all.at(i - 1)?.mid ?? one.mid }))),
  },
  {
    bug: 'what is acknowledged is no longer shown, although its effect is not there yet',
    spoil: heardAs((all) => all.map((one) => (one.status === 'rejected' ? one : { ...one, heads: {} }))),
  },
  {
    bug: 'what was merged is called applied',
    spoil: heardAs((all) =>
      all.map(({ conflicts: _lost, ...one }) => (one.status === 'merged' ? { ...one, status: 'applied' } : one)),
    ),
  },
  {
    bug: 'a refusal is swallowed',
    spoil: () => ({ outbox: (real) => ({ ...real, decide: ({ acked }) => real.decide({ acked, issues: [] }) }) }),
  },
  {
    bug: 'of a conflict the other value is not kept',
    spoil: () => ({
      outbox: (real) => ({
        ...real,
        decide: ({ acked, issues }) => real.decide({ acked, issues: issues.map((issue) => ({ ...issue, conflicts: [] })) }),
      }),
    }),
  },
  {
    bug: 'what is settled never leaves the outbox',
    spoil: () => ({ outbox: (real) => ({ ...real, settle: async () => undefined }) }),
  },
  {
    bug: 'what was acknowledged is not offered to a restored centre',
    spoil: () => ({ outbox: (real) => ({ ...real, done: async () => [] }) }),
  },
  {
    bug: 'the work of whoever sits there too is sent along',
    spoil: () => ({
      wire: (real, roommate) => ({
        ...real,
        send: (request) => {
          const mine = commandsOf(request);
          const theirs = (roommate()?.lastWaiting() ?? []).map((row): Command => {
            const { state: _state, streams: _streams, ...said } = row;
            return { ...said, args: { ...said.args }, actor: mine[0]?.actor ?? '' };
          });
          const json = { ...(request.json as object), commands: [...mine, ...theirs] };
          return real.send(mine.length > 0 && theirs.length > 0 ? { ...request, json } : request);
        },
      }),
    }),
  },
  {
    bug: 'nobody waits between two tries',
    spoil: () => ({ clock: (real) => ({ ...real, sleep: (ms, signal) => real.sleep(Math.min(ms, 50), signal) }) }),
  },
  {
    bug: 'only pokes bring news',
    spoil: () => ({ clock: (real) => ({ ...real, sleep: (ms, signal) => real.sleep(ms === 20_000 ? 1e12 : ms, signal) }) }),
  },
];
