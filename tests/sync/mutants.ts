/** Bugs put in on purpose, each into one real collaborator: a simulator that does not find them would prove nothing. */
import type { Command, Outcome } from '#shared/protocol/messages.ts';
import { officers } from '#shared/tables/officers.ts';
import { mutationOfName } from '#shared/tables/index.ts';
import type { CacheChanges, OutboxStore } from '../../renderer/sync/ports.ts';
import type { CentreStore, Reader, Snapshot, Work, WriteTx } from '../../server/store/centre-store.ts';
import type { SimCentre } from './sim-centre.ts';
import type { Spoil } from './sim-workstation.ts';
import { changedPage, outcomesOf, withOutcomes } from './spoiled-answers.ts';
import { commandsOf } from './tale.ts';

export interface Mutant {
  readonly bug: string;
  readonly spoil?: () => Spoil;
  readonly spoilCentre?: (sim: SimCentre) => void;
}

const NOTHING: CacheChanges = { puts: new Map(), removes: new Map(), shadowPuts: [], shadowRemoves: [] };

/** What the centre decided reaches the workstation changed. */
const heardAs = (change: (outcomes: readonly Outcome[]) => readonly Outcome[]) => (): Spoil => ({
  wire: (real) => ({ ...real, send: async (request) => withOutcomes(await real.send(request), change) }),
});

/** The centre's transactions, changed. */
function writing(sim: SimCentre, change: (tx: WriteTx) => Partial<WriteTx>): void {
  const store: { write: CentreStore['write'] } = sim.base.store;
  const write = store.write.bind(sim.base.store);
  store.write = (district, work) => write(district, (tx) => work({ ...tx, ...change(tx) }));
}

/** What the centre reads, changed. */
function reading(sim: SimCentre, change: (moment: Snapshot) => Partial<Snapshot>): void {
  const store: { read: CentreStore['read'] } = sim.base.store;
  const read = store.read.bind(sim.base.store);
  store.read = (work, home) => read((moment) => work({ ...moment, ...change(moment) }), home);
}

const saving = (change: (work: Work) => Work) => (sim: SimCentre) =>
  writing(sim, (tx) => ({ save: (work) => tx.save(change(work)) }));

/** Mutations as the centre hears them, changed. */
const hearing = (change: (command: Command, sim: SimCentre) => Promise<Command>) => (sim: SimCentre) => {
  const answer = sim.answer.bind(sim);
  sim.answer = async (session, request, pageRows) => {
    const commands = await Promise.all(commandsOf(request).map((command) => change(command, sim)));
    if (commands.length === 0) return answer(session, request, pageRows);
    sim.tale.hearRequest(request, session.districtId);
    return answer(session, { ...request, json: { ...(request.json as object), commands } }, pageRows);
  };
};

/** The first answer about each officer is kept for ever. */
function yesterday<T>(ask: (key: string) => Promise<T>, kept: Map<string, T>): (key: string) => Promise<T> {
  return async (key) => {
    const known = kept.get(key) ?? (await ask(key));
    kept.set(key, known);
    return known;
  };
}

const onWorkstation: readonly Mutant[] = [
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

const atCentre: readonly Mutant[] = [
  {
    bug: 'the centre does not remember what it decided',
    spoilCentre: (sim) => writing(sim, () => ({ decided: async () => new Map() })),
  },
  { bug: 'a decision is not kept with its effect', spoilCentre: saving((work) => ({ ...work, decisions: [] })) },
  {
    bug: 'a refusal has no line in the audit',
    spoilCentre: saving((work) => ({ ...work, audit: work.audit.filter(({ code }) => code === null) })),
  },
  {
    bug: 'late work is not kept for a supervisor',
    spoilCentre: saving((work) => ({ ...work, puts: work.puts.filter(({ table }) => table.name !== 'heldWork') })),
  },
  {
    bug: 'the centre counts as decided what it never saw',
    spoilCentre: (sim) =>
      reading(sim, (moment) => ({
        lastN: async (...asked) => {
          const n = await moment.lastN(...asked);
          return n === 0 ? 0 : n + 60_000;
        },
      })),
  },
  {
    bug: 'a reader is told of a number before its row is there',
    spoilCentre: (sim) =>
      reading(sim, (moment) => ({ feed: async (...asked) => (await moment.feed(...asked)).filter(({ seq }) => seq % 7 !== 0) })),
  },
  {
    bug: 'a removal is not told',
    spoilCentre: (sim) =>
      reading(sim, (moment) => ({
        feed: async (...asked) => (await moment.feed(...asked)).filter(({ content }) => content !== null),
      })),
  },
  {
    bug: 'a restored centre is not recognised: all its commits have one mark, and its epoch stays',
    spoilCentre: (sim) => {
      Object.assign(sim.centre, { mark: () => new Uint8Array(8) });
      const restore = sim.restore.bind(sim);
      sim.restore = (backup) => restore(backup, sim.base.store.epoch);
    },
  },
  {
    bug: 'a push made for another history is taken',
    spoilCentre: (sim) => {
      const answer = sim.answer.bind(sim);
      sim.answer = (session, request, pageRows) => {
        const anyEpoch = { ...(request.json as object), epoch: sim.base.store.epoch, cursors: [] };
        return answer(session, request.path.endsWith('/push') ? { ...request, json: anyEpoch } : request, pageRows);
      };
    },
  },
  {
    bug: 'the last writer wins',
    spoilCentre: hearing(async (command, { base }) => {
      const known = mutationOfName.get(command.name);
      if (known?.mutation.class !== 'edit') return command;
      const { id, changes } = command.args as {
        readonly id: string;
        readonly changes: Readonly<Record<string, { readonly to: unknown }>>;
      };
      const row = await base.store.read(
        async (moment) => (await moment.rows(known.table, command.district, [id])).get(id)?.row,
        command.district,
      );
      const over = Object.entries(changes).map(([field, { to }]) => [field, { from: row?.[field] ?? null, to }]);
      return { ...command, args: { id, changes: Object.fromEntries(over) } };
    }),
  },
  { bug: 'what a mutation stands on does not matter', spoilCentre: hearing(async (command) => ({ ...command, after: null })) },
  {
    bug: 'the roles of yesterday decide',
    spoilCentre: (sim) => {
      const kept = new Map<string, Awaited<ReturnType<Reader['rows']>>>();
      writing(sim, (tx) => ({
        rows: (table, district, ids) =>
          table === officers && ids.length === 1
            ? yesterday((id) => tx.rows(table, district, [id]), kept)(String(ids[0]))
            : tx.rows(table, district, ids),
      }));
    },
  },
  {
    bug: 'the grants of yesterday decide',
    spoilCentre: (sim) => {
      const kept = new Map<string, Awaited<ReturnType<Reader['grantsOf']>>>();
      writing(sim, (tx) => ({ grantsOf: (person) => yesterday(() => tx.grantsOf(person), kept)(person.officerId) }));
    },
  },
];

export const MUTANTS: readonly Mutant[] = [...onWorkstation, ...atCentre];
